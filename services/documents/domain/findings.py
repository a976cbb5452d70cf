"""What can be wrong with a file, and what its owner can do about it."""

from __future__ import annotations

from enum import StrEnum


class Finding(StrEnum):
    """Why a file is kept in quarantine."""

    EMPTY = "empty"
    TOO_LARGE = "file-too-large"
    INCOMPLETE = "incomplete"
    TYPE_MISMATCH = "type-mismatch"
    INFECTED = "infected"
    NOT_SCANNABLE = "not-scannable"
    ENCRYPTED = "encrypted"
    ACTIVE_CONTENT = "active-content"
    EMBEDDED_FILE = "embedded-file"
    TOO_MANY_PIXELS = "too-many-pixels"
    DAMAGED = "damaged"


SENTENCES: dict[Finding, dict[str, str]] = {
    Finding.EMPTY: {
        "vi": "Tệp không có nội dung. Hãy chọn lại đúng tệp.",
        "en": "The file is empty. Choose the right file again.",
        "fr": "Le fichier est vide. Choisissez de nouveau le bon fichier.",
    },
    Finding.TOO_LARGE: {
        "vi": "Tệp lớn hơn 200 MB. Hãy giảm độ phân giải hoặc tách thành nhiều tệp.",
        "en": "The file exceeds 200 MB. Lower its resolution or split it.",
        "fr": "Le fichier dépasse 200 Mo. Réduisez sa résolution ou divisez-le.",
    },
    Finding.INCOMPLETE: {
        "vi": "Tệp chưa được gửi trọn vẹn. Hãy gửi lại.",
        "en": "Not all of the file has arrived. Send it again.",
        "fr": "Le fichier n'est pas arrivé en entier. Envoyez-le de nouveau.",
    },
    Finding.TYPE_MISMATCH: {
        "vi": "Nội dung tệp không đúng với loại đã khai. "
        "Hãy lưu lại dưới dạng PDF, JPEG hoặc PNG.",
        "en": "The file is not of the type it claims. Save it as PDF, JPEG or PNG.",
        "fr": "Le fichier n'est pas du type annoncé. "
        "Enregistrez-le en PDF, JPEG ou PNG.",
    },
    Finding.INFECTED: {
        "vi": "Tệp có mã độc. Hãy quét vi-rút thiết bị của bạn rồi gửi một bản sạch.",
        "en": "The file holds malware. Scan your device, then send a clean copy.",
        "fr": "Le fichier contient un virus. "
        "Analysez votre appareil, puis envoyez une copie saine.",
    },
    Finding.NOT_SCANNABLE: {
        "vi": "Không thể quét vi-rút tệp này vì quá lớn. Hãy gửi tệp nhỏ hơn.",
        "en": "The file is too large to be scanned for viruses. Send a smaller one.",
        "fr": "Le fichier est trop gros pour l'antivirus. Envoyez-en un plus petit.",
    },
    Finding.ENCRYPTED: {
        "vi": "Tệp PDF bị khóa hoặc mã hóa. Hãy bỏ mật khẩu rồi gửi lại.",
        "en": "The PDF is locked or encrypted. Remove its password and send it again.",
        "fr": "Le PDF est verrouillé ou chiffré. "
        "Retirez le mot de passe et renvoyez-le.",
    },
    Finding.ACTIVE_CONTENT: {
        "vi": "Tệp PDF chứa nội dung tự thực thi. "
        "Hãy in lại thành PDF thông thường rồi gửi.",
        "en": "The PDF holds active content. Print it to a plain PDF and send that.",
        "fr": "Le PDF contient du contenu actif. "
        "Imprimez-le en PDF simple et envoyez-le.",
    },
    Finding.EMBEDDED_FILE: {
        "vi": "Tệp PDF có tệp khác đính kèm bên trong. Hãy gửi riêng từng tệp.",
        "en": "The PDF has other files attached inside. Send each of them by itself.",
        "fr": "Le PDF contient d'autres fichiers. Envoyez chacun séparément.",
    },
    Finding.TOO_MANY_PIXELS: {
        "vi": "Ảnh quá lớn (trên 100 triệu điểm ảnh). Hãy giảm kích thước ảnh.",
        "en": "The picture exceeds 100 million pixels. Reduce its dimensions.",
        "fr": "L'image dépasse 100 millions de pixels. Réduisez ses dimensions.",
    },
    Finding.DAMAGED: {
        "vi": "Không thể đọc tệp. Hãy mở thử trên máy, lưu lại rồi gửi.",
        "en": "The file cannot be read. Open it yourself, save it anew and send it.",
        "fr": "Le fichier est illisible. Ouvrez-le, enregistrez-le et renvoyez-le.",
    },
}
