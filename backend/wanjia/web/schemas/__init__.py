"""Shapes of requests and answers. Areas in 0.01 m², times in UTC seconds, bytes as 0x-hex."""
