"""The text an owner agrees to before personal data are processed (PIPL 13, 17, 29), with its version.

A changed text is a new version; old ones stay, so that a recorded version can always be read.
"""

CONSENT_VERSION = "2026-1"

CONSENT_TEXTS = {
    "2026-1": {
        "zh-CN": (
            "我同意将以上姓名、身份证号和手机号仅用于核验业主身份。这些信息加密保存，不会公开，也不会写入公开记录；"
            "我可以随时要求删除。"
        ),
        "en": (
            "I agree that my name, identity number and phone number are used only to prove that I am an owner. "
            "They are kept encrypted, are never published or put on the public record, and are deleted when I ask."
        ),
    }
}
