"""``wanjia up --lan``: the site on the local network, over HTTPS with a certificate made on the spot."""
