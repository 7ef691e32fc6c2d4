"""What the fields of a cover are called in six languages, and the words that fill them. Source: domain 4.5 to 4.7."""

import re
from functools import cache

LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")

# field -> the labels that stand before its value, all languages in one row; compared by `fold`.
LABELS: dict[str, tuple[str, ...]] = {
    "questions": (
        "Question(s)|Questions|Question|Question no|Question(s) no",
        "Cuestión(es)|Cuestiones|Cuestión",
        "Вопрос(ы)|Вопросы|Вопрос",
        "课题|课题号|研究课题",
        "المسألة (المسائل)|المسألة(المسائل)|المسألة|المسائل",
    ),
    "place_date": (
        "Meeting, date|Meeting and date|Meeting|Place, date|Place and date|Venue, date|Meeting date",
        "Réunion, date|Réunion|Lieu, date|Lieu et date",
        "Reunión, fecha|Reunión|Lugar, fecha|Lugar y fecha",
        "Собрание, дата|Собрание|Место, дата|Место и дата",
        "会议，日期|会议、日期|会议日期|会议|地点，日期|地点、日期|地点日期",
        "الاجتماع، التاريخ|الاجتماع والتاريخ|الاجتماع|المكان، التاريخ|المكان والتاريخ",
    ),
    "group": (
        "Study Group|Study Group(s)",
        "Commission d'études|Commission d’études",
        "Comisión de Estudio",
        "Исследовательская комиссия",
        "研究组",
        "لجنة الدراسات",
    ),
    "working_party": (
        "Working Party|Working Party(ies)",
        "Groupe de travail",
        "Grupo de Trabajo",
        "Рабочая группа",
        "工作组",
        "فرقة العمل",
    ),
    "kind": (
        "Intended type of document (R-C-TD)|Intended type of document|Document type|Type of document",
        "Type de document|Type de document prévu",
        "Tipo de documento",
        "Тип документа",
        "文件类型|文稿类型",
        "نوع الوثيقة",
    ),
    "source": (
        "Source|Source(s)|From",
        "Origine|Source(s)",
        "Origen|Fuente",
        "Источник",
        "来源|文稿来源|来源方",
        "المصدر",
    ),
    "title": ("Title", "Titre", "Título", "Название|Заголовок", "标题|题目|名称", "العنوان"),
    "purpose": ("Purpose", "Objet|But", "Objetivo|Finalidad|Objeto", "Цель|Назначение", "目的|用途", "الغرض|الهدف"),
    "contact": (
        "Contact|Contacts|Contact(s)|Contact person",
        "Personne à contacter|Pour tout contact|Coordonnées",
        "Contacto|Contactos|Persona de contacto",
        "Контакт|Контакты|Для контактов|Контактное лицо|К кому обращаться",
        "联系人|联系方式|联系",
        "للاتصال|جهة الاتصال|الاتصال|بيانات الاتصال|جهات الاتصال",
    ),
    "keywords": (
        "Keywords|Key words|Keyword(s)",
        "Mots clés|Mots-clés|Mot(s) clé(s)",
        "Palabras clave",
        "Ключевые слова",
        "关键词|关键字",
        "الكلمات الرئيسية|كلمات رئيسية|كلمات مفتاحية|الكلمات المفتاحية|كلمات أساسية",
    ),
    "abstract": (
        "Abstract|Summary",
        "Résumé",
        "Resumen",
        "Резюме|Краткое содержание|Аннотация",
        "摘要|概要",
        "الملخص|ملخص|خلاصة|الخلاصة",
    ),
    "for_action": (
        "For action to|For action|To (for action)|To",
        "Pour suite à donner à|Pour suite à donner|Pour action à|Pour action",
        "Para acción|Para la adopción de medidas|Para que tome medidas|Para adopción de medidas por",
        "Для принятия мер|Для действий",
        "供采取行动|请采取行动|需采取行动|供行动",
        "لاتخاذ إجراء|لاتخاذ الإجراءات اللازمة|لاتخاذ إجراء من جانب|من أجل اتخاذ إجراء",
    ),
    "for_comment": (
        "For comment to|For comments to|For comment|For comments",
        "Pour observations à|Pour observations|Pour commentaires à|Pour commentaires",
        "Para comentarios|Para formular comentarios|Para observaciones",
        "Для замечаний|Для комментариев",
        "供提出意见|请提出意见|供评论",
        "للتعليق|لإبداء التعليقات|للتعليق من جانب",
    ),
    "for_information": (
        "For information to|For information|To (for information)|Cc|Copy to",
        "Pour information à|Pour information",
        "Para información|Para información de",
        "Для информации",
        "供参考|供了解情况|供参阅",
        "للعلم|لأغراض الإعلام|للإحاطة|للعلم إلى",
    ),
    "approval": ("Approval|Approved by", "Approbation", "Aprobación", "Утверждение|Одобрение", "批准", "الموافقة"),
    "deadline": (
        "Deadline|Deadline for reply|Reply by",
        "Échéance|Date limite|Délai",
        "Plazo|Fecha límite",
        "Предельный срок|Срок",
        "截止日期|最后期限",
        "الموعد النهائي|الموعد الأخير",
    ),
    "received": (
        "Received",
        "Reçu|Reçue|Reçu le",
        "Recibido|Recibida",
        "Получено|Получен",
        "收到日期|收稿日期",
        "تاريخ الاستلام|الاستلام",
    ),
    "subject": ("Subject", "Sujet", "Asunto|Tema", "Предмет|Тема", "主题|议题", "الموضوع"),
    "reference": (
        "Reference|Ref|Ref.",
        "Référence|Réf.",
        "Referencia|Ref.",
        "Ссылка|Осн.",
        "参考文件|参考|参引",
        "المرجع",
    ),
    "document_date": ("Date", "Fecha", "Дата", "日期", "التاريخ"),
}

# Document classes as the covers print them, upper case.
CLASSES: dict[str, tuple[str, ...]] = {
    "contribution": ("CONTRIBUTION", "CONTRIBUCIÓN", "ВКЛАД", "文稿", "مساهمة"),
    "temporary-document": (
        "TD",
        "TEMPORARY DOCUMENT",
        "DOCUMENT TEMPORAIRE",
        "DOCUMENTO TEMPORAL",
        "DT",
        "ВРЕМЕННЫЙ ДОКУМЕНТ",
        "ВД",
        "临时文件",
        "وثيقة مؤقتة",
    ),
    "liaison-statement": (
        "LIAISON STATEMENT",
        "NOTE DE LIAISON",
        "DÉCLARATION DE COORDINATION",
        "DECLARACIÓN DE COORDINACIÓN",
        "ЗАЯВЛЕНИЕ О ВЗАИМОДЕЙСТВИИ",
        "联络声明",
        "联络函",
        "بيان الاتصال",
        "بيان اتصال",
    ),
    "report": ("REPORT", "RAPPORT", "INFORME", "ОТЧЕТ", "ОТЧЁТ", "报告", "تقرير"),
    "rapporteur-group-document": ("DOC", "DOCUMENT", "DOCUMENTO", "ДОКУМЕНТ", "文件", "وثيقة"),
}

# What stands on a cover of ITU-T for the group; the number follows.
GROUP_WORDS = (
    "STUDY GROUP",
    "COMMISSION D'ÉTUDES",
    "COMISIÓN DE ESTUDIO",
    "ИССЛЕДОВАТЕЛЬСКАЯ КОМИССИЯ",
    "研究组",
    "第",
    "لجنة الدراسات",
)
ADVISORY_WORDS = (
    "TELECOMMUNICATION STANDARDIZATION ADVISORY GROUP",
    "GROUPE CONSULTATIF DE LA NORMALISATION DES TÉLÉCOMMUNICATIONS",
    "GRUPO ASESOR DE NORMALIZACIÓN DE LAS TELECOMUNICACIONES",
    "КОНСУЛЬТАТИВНАЯ ГРУППА ПО СТАНДАРТИЗАЦИИ ЭЛЕКТРОСВЯЗИ",
    "电信标准化顾问组",
    "الفريق الاستشاري لتقييس الاتصالات",
    "TSAG",
)
PERIOD_WORDS = (
    "STUDY PERIOD",
    "PÉRIODE D'ÉTUDES",
    "PERÍODO DE ESTUDIOS",
    "PERIODO DE ESTUDIOS",
    "ИССЛЕДОВАТЕЛЬСКИЙ ПЕРИОД",
    "研究期",
    "فترة الدراسة",
)

# Names of the six languages in the six languages: "Original: anglais", "English only".
LANGUAGE_NAMES: dict[str, str] = {
    "en": "english|anglais|inglés|английский|英文|英语|إنكليزية|الإنكليزية|بالإنكليزية|إنجليزية|الإنجليزية|بالإنجليزية",
    "fr": "french|français|francés|французский|法文|法语|فرنسية|الفرنسية|بالفرنسية",
    "es": "spanish|espagnol|español|испанский|西班牙文|西班牙语|إسبانية|الإسبانية|بالإسبانية",
    "ru": "russian|russe|ruso|русский|俄文|俄语|روسية|الروسية|بالروسية",
    "zh": "chinese|chinois|chino|китайский|中文|صينية|الصينية|بالصينية",
    "ar": "arabic|arabe|árabe|арабский|阿拉伯文|阿拉伯语|عربية|العربية|بالعربية",
}
ORIGINAL_WORDS = "original|оригинал|原文|الأصل|langue originale|idioma original"
ONLY_WORDS = "only|seulement|uniquement|solamente|únicamente|только|仅|只有|فقط"


def fold(text: str) -> str:
    """A label as it is compared: one space, lower case, straight quotes, no colon at the end."""
    plain = " ".join(text.replace("’", "'").replace("\u200f", "").replace("\u200e", "").split())
    return re.sub(r"[ :\uff1a،]+$", "", plain).casefold()


@cache
def _fields() -> dict[str, str]:
    return {fold(word): name for name, rows in LABELS.items() for row in rows for word in row.split("|")}


def field_of(label: str) -> str:
    """The field that a label announces (`Question(s):` -> questions), or ""."""
    return _fields().get(fold(label), "") if len(label) <= 60 else ""


_SPLIT = re.compile(r"^\s*([^:\uff1a\t\n]{2,50}?)\s*[:\uff1a][ \t\u00a0]*(.*)$", re.DOTALL)


def split_label(line: str) -> tuple[str, str]:
    """Field and value of `Source: Canada`, ("", line) when the line begins with no label."""
    found = _SPLIT.match(line)
    name = field_of(found[1]) if found else ""
    return (name, found[2].strip()) if found and name else ("", line)


@cache
def _classes() -> dict[str, str]:
    return {word.casefold(): name for name, words in CLASSES.items() for word in words}


def class_of(text: str) -> str:
    """The document class that a line of a cover names in any of the six languages, or ""."""
    return _classes().get(fold(text), "")


def language_of(text: str) -> str:
    """The language of `Original: English`, `English only`, `Original: anglais`; "" when the line says neither."""
    plain = fold(text)
    if len(plain) > 60 or not re.search(f"{ORIGINAL_WORDS}|{ONLY_WORDS}", plain):
        return ""
    return next((code for code, names in LANGUAGE_NAMES.items() if re.search(names, plain)), "")
