"""What ``wanjia up --lan`` says: the link as a QR code, and how a phone comes to trust the certificate."""

import io

import segno


def qr_code(link: str) -> str:
    """The link as a QR code of half blocks, light on dark as terminals are."""
    drawn = io.StringIO()
    segno.make(link, error="m").terminal(drawn, border=2, compact=True)
    return drawn.getvalue()


def how_to_trust(url: str, fingerprint: str, *, codes_shown: bool) -> list[str]:
    """Lines to print under the code. ``codes_shown``: one-time codes are open to everyone on the network."""
    lines = [
        "证书是这台电脑刚做的，手机还不认识它：第一次打开会看到“不是私密连接”或“不安全”的提示。",
        "  不安装证书：点“显示详细信息/高级”，再点“继续访问”，可以登记和投票；不能添加到主屏幕、不能离线打开。",
        "  微信里打不开这样的网站：请用手机自带的浏览器扫码或打开链接。",
        f"  安装证书（一次）：在手机上打开 {url}/trust ，按页面上的步骤做。",
        "    iPhone：下载后到“设置”点“已下载描述文件”安装，再到“通用→关于本机→证书信任设置”打开开关。",
        "    安卓：下载后到“设置”搜索“CA 证书”，选“仍然安装”，选中下载的文件。",
        "  安装前核对指纹（SHA-256），两边一样才是这台电脑的证书：",
        f"    {fingerprint}",
        "  这张证书只能证明局域网里的地址；活动结束后可以在手机设置里删掉它。",
        "  只有 https 的链接能打开，http 的打不开；这台电脑的地址变了就重新运行本命令，换一张服务器证书。",
    ]
    if codes_shown:
        lines.append(
            "  示例小区的业主都是虚构的：验证码对局域网里所有人公开，就在 /outbox 页上。有真实业主时不会这样。"
        )
    return lines
