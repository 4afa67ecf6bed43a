"""Why a file is refused: one code, one sentence, each says what to do."""

from sihao.core.errors import Invalid

REASONS: dict[str, tuple[str, str]] = {
    "program": (
        "程序和可执行内容（{about}）不能作为佐证材料。",
        "Programs are not taken: {about}.",
    ),
    "script": (
        "网页和脚本不能作为佐证材料，请转为 PDF 后再传。",
        "Web pages and scripts are not taken; hand in a PDF.",
    ),
    "type": (
        "不收这种文件。可收 PDF、OFD、Word、Excel、PowerPoint、WPS、图片、文本、MP4、MP3 和 ZIP。",
        "This kind of file is not taken.",
    ),
    "archive": (
        "不收 RAR、7z 等压缩包，请解压后分别上传，或改用 ZIP。",
        "Archives other than ZIP are not taken.",
    ),
    "mismatch": (
        "文件扩展名与内容不符：内容是{about}。请改正文件名或另存后再传。",
        "The name says something else than the content, which is {about}.",
    ),
    "name": (
        "文件名含有不可见的控制字符，请改名后再传。",
        "The file's name holds invisible control characters.",
    ),
    "encoding": (
        "文本的编码无法识别，请另存为 UTF-8 或 GB18030 后再传。",
        "The text's encoding is not known; save it as UTF-8.",
    ),
    "broken": (
        "文件已损坏或结构不合规范，无法读取。请用原软件打开另存后再传。",
        "The file is damaged or malformed.",
    ),
    "encrypted": (
        "文件已加密或设了密码，无法检查内容。请去掉密码后再传。",
        "The file is encrypted; its content cannot be checked.",
    ),
    "zip_structure": (
        "文件的压缩结构自相矛盾（{about}），请用原软件打开另存后再传。",
        "The ZIP structure contradicts itself: {about}.",
    ),
    "zip_names": (
        "压缩包内的文件名不安全（{about}），请重新打包后再传。",
        "A member's name is not safe: {about}.",
    ),
    "bomb": (
        "文件展开后过大（{about}），已拒收。请拆分后再传。",
        "The file unpacks to too much: {about}.",
    ),
    "nested": (
        "压缩包里套着压缩包，请解开后分别上传。",
        "Archives inside archives are not taken.",
    ),
    "xml": (
        "文件内部声明了外部实体（DTD），存在安全风险，请用原软件打开另存后再传。",
        "A part declares a document type, which is not taken.",
    ),
    "macros": (
        "文件带有宏或控件（{about}），请另存为不带宏的格式后再传。",
        "The file carries macros or controls: {about}.",
    ),
    "external": (
        "文件打开时会读取外部内容（{about}），请断开链接后另存再传。",
        "Opening the file would fetch something from outside: {about}.",
    ),
    "embedded": (
        "文件里嵌有不能检查的附件（{about}），请取出后单独上传。",
        "The file holds an attachment that cannot be checked: {about}.",
    ),
    "active": (
        "PDF 带有脚本或启动程序的动作（{about}），请重新打印为 PDF 后再传。",
        "The PDF carries scripts or launch actions: {about}.",
    ),
    "polyglot": (
        "文件同时是另一种文件（{about}），请用原软件打开另存后再传。",
        "The file is another kind of file too: {about}.",
    ),
    "pixels": (
        "图片有 {about} 像素，超过 1.2 亿像素的上限，请缩小后再传。",
        "The picture has {about} pixels, more than are taken.",
    ),
    "cells": (
        "表格超过 200 万个单元格，请拆分后再传。",
        "The workbook has more than two million cells.",
    ),
    "pages": ("PDF 超过 2000 页，请拆分后再传。", "The PDF has more than 2000 pages."),
    "exhausting": (
        "文件过于复杂，在限定的时间和内存内检查不完。请简化或拆分后再传。",
        "Checking the file takes more time or memory than is allowed.",
    ),
    "no_preview": (
        "这种文件不能在线预览，请下载后查看。",
        "This kind of file cannot be shown here; download it.",
    ),
    "virus": (
        "病毒扫描发现 {about}，文件已拒收，没有留存副本。",
        "The scanner found {about}; nothing was kept.",
    ),
    "scan_limit": (
        "文件超过病毒扫描程序的大小上限，请拆分后再传，或联系系统管理员。",
        "The file is larger than the scanner takes.",
    ),
}
_SAID = 120


def refusal(reason: str, about: str = "") -> Invalid:
    """Make the problem `file.<reason>`; `about` names what was found."""
    zh, en = REASONS[reason]
    said = "".join(sign for sign in about if sign.isprintable())[:_SAID]
    about_it = {"about": said} if said else {}
    return Invalid(
        f"file.{reason}",
        zh.format(about=said),
        en.format(about=said),
        pointer="/body",
        **about_it,
    )


def secret(place: str, quoted: str, line: int) -> Invalid:
    """Make the refusal of a file with a mark of secrecy, with the place quoted (§3)."""
    return Invalid(
        "file.secret",
        f"{place}有密级标志：“{quoted}”。本系统不得存储国家秘密，文件已拒收，没有留存副本。",
        "The text carries a mark of secrecy; nothing was kept.",
        pointer="/body",
        place=place,
        line=line,
        quoted=quoted,
    )
