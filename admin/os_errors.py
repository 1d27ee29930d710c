"""What the operating system refuses, in Chinese."""

import errno

SAYINGS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "链接互相指向，没有尽头",
    errno.EIO: "磁盘读写出错",
}


def in_chinese(error: OSError) -> str:
    """Return why the system refused; what is not known here stays in the system's words."""
    return SAYINGS.get(error.errno or 0) or error.strerror or str(error)
