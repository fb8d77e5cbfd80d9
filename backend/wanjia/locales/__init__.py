"""Texts people see, by error code: zh-CN first, English second."""
