"""What applicants are told is wrong, and what to do, in their three languages."""

from __future__ import annotations

from typing import Any

Text3 = dict[str, str]

LANGUAGES = ("vi", "en", "fr")

NOTHING: Text3 = dict.fromkeys(LANGUAGES, "")


def text3(vi: str, en: str, fr: str) -> Text3:
    return {"vi": vi, "en": en, "fr": fr}


MESSAGES: dict[str, Text3] = {
    "required": text3(
        "Hãy điền “{label}”.", "Fill in “{label}”.", "Remplissez « {label} »."
    ),
    "unknown-field": text3(
        "Biểu mẫu không có mục “{name}”: hãy bỏ mục này.",
        "The form has no field “{name}”: leave it out.",
        "Le formulaire n'a pas de champ « {name} » : retirez-le.",
    ),
    "not-yours": text3(
        "“{label}” do cán bộ điền: hãy để trống.",
        "“{label}” is filled in by an officer: leave it empty.",
        "« {label} » est rempli par un agent : laissez-le vide.",
    ),
    "not-asked": text3(
        "Chỉ được sửa những mục cơ quan yêu cầu bổ sung; hãy giữ nguyên “{label}”.",
        "Change only what was asked for; leave “{label}” as it was.",
        "Ne modifiez que ce qui est demandé ; laissez « {label} » inchangé.",
    ),
    "wrong-kind": text3(
        "“{label}” không đúng kiểu dữ liệu: hãy nhập lại.",
        "“{label}” is not the right kind of answer: enter it again.",
        "« {label} » n'est pas du bon type : saisissez-le de nouveau.",
    ),
    "characters": text3(
        "“{label}” có ký tự không dùng được: hãy gõ lại bằng chữ thường.",
        "“{label}” has characters that cannot be used: type it again.",
        "« {label} » contient des caractères inutilisables : saisissez-le de nouveau.",
    ),
    "too-long": text3(
        "“{label}” quá dài: hãy rút gọn còn tối đa {limit} ký tự.",
        "“{label}” is too long: shorten it to {limit} characters.",
        "« {label} » est trop long : raccourcissez-le à {limit} caractères.",
    ),
    "pattern": text3(
        "“{label}” không đúng mẫu: hãy kiểm tra và nhập lại.",
        "“{label}” does not have the right form: check it and enter it again.",
        "« {label} » n'a pas la bonne forme : vérifiez et saisissez de nouveau.",
    ),
    "not-a-number": text3(
        "“{label}” phải là số: hãy chỉ nhập chữ số.",
        "“{label}” must be a number: use digits only.",
        "« {label} » doit être un nombre : utilisez des chiffres.",
    ),
    "too-small": text3(
        "“{label}” phải từ {limit} trở lên.",
        "“{label}” must be {limit} or more.",
        "« {label} » doit être au moins {limit}.",
    ),
    "too-large": text3(
        "“{label}” không được quá {limit}.",
        "“{label}” must be {limit} or less.",
        "« {label} » doit être au plus {limit}.",
    ),
    "too-precise": text3(
        "“{label}” chỉ được có {limit} chữ số sau dấu phẩy.",
        "Give “{label}” with at most {limit} digits after the point.",
        "Donnez « {label} » avec au plus {limit} chiffres après la virgule.",
    ),
    "not-a-date": text3(
        "“{label}” không phải ngày có thật: hãy nhập ngày, tháng, năm.",
        "“{label}” is not a real date: enter day, month and year.",
        "« {label} » n'est pas une date réelle : saisissez jour, mois et année.",
    ),
    "too-early": text3(
        "“{label}” không được trước {limit}.",
        "“{label}” must not be before {limit}.",
        "« {label} » ne doit pas précéder le {limit}.",
    ),
    "too-late": text3(
        "“{label}” không được sau {limit}.",
        "“{label}” must not be after {limit}.",
        "« {label} » ne doit pas dépasser le {limit}.",
    ),
    "not-an-option": text3(
        "Hãy chọn “{label}” trong danh sách.",
        "Choose “{label}” from the list.",
        "Choisissez « {label} » dans la liste.",
    ),
    "repeated": text3(
        "“{label}” có lựa chọn bị lặp: hãy chọn mỗi mục một lần.",
        "“{label}” names a choice twice: choose each once.",
        "« {label} » répète un choix : choisissez chacun une fois.",
    ),
    "person-name": text3(
        "“{label}” phải là họ tên đầy đủ, chỉ gồm chữ cái.",
        "Enter “{label}” as a full name, in letters only.",
        "Saisissez « {label} » en entier, en lettres seulement.",
    ),
    "citizen-id": text3(
        "“{label}” phải gồm 12 chữ số, bắt đầu bằng 0, như trên thẻ căn cước.",
        "“{label}” has 12 digits and begins with 0: copy it from the ID card.",
        "« {label} » a 12 chiffres et commence par 0 : recopiez la carte d'identité.",
    ),
    "citizen-id-province": text3(
        "Ba số đầu của “{label}” không phải mã tỉnh: hãy xem lại thẻ căn cước.",
        "“{label}” begins with no province code: check it against the ID card.",
        "« {label} » ne commence par aucun code de province : vérifiez la carte.",
    ),
    "citizen-id-birth": text3(
        "“{label}” không khớp năm sinh: hãy kiểm tra cả hai.",
        "“{label}” does not fit the year of birth: check both.",
        "« {label} » ne correspond pas à l'année de naissance : vérifiez les deux.",
    ),
    "citizen-id-sex": text3(
        "“{label}” không khớp giới tính: hãy kiểm tra cả hai.",
        "“{label}” does not fit the sex given: check both.",
        "« {label} » ne correspond pas au sexe indiqué : vérifiez les deux.",
    ),
    "tax-code": text3(
        "“{label}” không phải mã số thuế đúng: hãy kiểm tra từng chữ số.",
        "“{label}” is not a valid tax code: check every digit.",
        "« {label} » n'est pas un code fiscal valable : vérifiez chaque chiffre.",
    ),
    "phone": text3(
        "“{label}” phải là số di động Việt Nam, ví dụ 0912345678.",
        "“{label}” must be a Vietnamese mobile number, such as 0912345678.",
        "« {label} » doit être un mobile vietnamien, par exemple 0912345678.",
    ),
    "email": text3(
        "“{label}” không phải địa chỉ thư điện tử: ví dụ ten@vidu.vn.",
        "“{label}” is not an email address: write it like name@example.vn.",
        "« {label} » n'est pas un courriel : écrivez par exemple nom@exemple.vn.",
    ),
    "address-province": text3(
        "“{label}”: hãy chọn tỉnh, thành phố trong danh sách.",
        "“{label}”: choose the province from the list.",
        "« {label} » : choisissez la province dans la liste.",
    ),
    "address-commune": text3(
        "“{label}”: hãy ghi xã, phường.",
        "“{label}”: give the commune or ward.",
        "« {label} » : indiquez la commune ou le quartier.",
    ),
    "too-few-rows": text3(
        "“{label}” cần ít nhất {limit} dòng: hãy thêm dòng.",
        "“{label}” needs at least {limit} rows: add some.",
        "« {label} » doit avoir au moins {limit} lignes : ajoutez-en.",
    ),
    "too-many-rows": text3(
        "“{label}” chỉ được có tối đa {limit} dòng: hãy bớt dòng.",
        "“{label}” may have at most {limit} rows: remove some.",
        "« {label} » a au plus {limit} lignes : retirez-en.",
    ),
    "must-be": text3(
        "Hãy đánh dấu “{label}” để tiếp tục.",
        "Confirm “{label}” to go on.",
        "Confirmez « {label} » pour continuer.",
    ),
    "file-kind": text3(
        "“{label}”: loại tệp không được nhận, hãy dùng {limit}.",
        "“{label}”: this kind of file is not accepted, use {limit}.",
        "« {label} » : ce type de fichier n'est pas accepté, utilisez {limit}.",
    ),
    "file-too-large": text3(
        "“{label}”: tệp quá lớn, tối đa {limit} MB.",
        "“{label}”: the file is too large, at most {limit} MB.",
        "« {label} » : le fichier est trop grand, au plus {limit} Mo.",
    ),
    "missing": text3(
        "Hãy nộp “{label}”.", "Hand in “{label}”.", "Fournissez « {label} »."
    ),
    "being-checked": text3(
        "“{label}” đang được kiểm tra: hãy đợi vài giây rồi thử lại.",
        "“{label}” is being checked: wait a few seconds and try again.",
        "« {label} » est en cours de contrôle : réessayez dans quelques secondes.",
    ),
    "rejected": text3(
        "Tệp của “{label}” không dùng được: hãy nộp tệp khác.",
        "The file for “{label}” cannot be used: hand in another.",
        "Le fichier de « {label} » est inutilisable : fournissez-en un autre.",
    ),
    "not-accepted": text3(
        "“{label}” chưa đạt: hãy nộp lại.",
        "“{label}” was not accepted: hand it in again.",
        "« {label} » n'a pas été accepté : fournissez-le de nouveau.",
    ),
    "broken-catalogue": text3(
        "Danh mục sai tại {path}: {reason}.",
        "The catalogue is wrong at {path}: {reason}.",
        "Le catalogue est erroné à {path} : {reason}.",
    ),
}


def message(code: str, label: Text3 = NOTHING, **details: Any) -> Text3:
    """The sentence for a problem, about what its label names."""
    return {
        language: template.format(label=label[language], **details)
        for language, template in MESSAGES[code].items()
    }
