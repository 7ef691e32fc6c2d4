"""What covers of documents say in six languages: labels and standing words."""

from dataclasses import dataclass


# fmt: off
@dataclass
class Words:
    """Labels and standing words of one language, as its templates print them."""

    question: str
    source: str
    title: str
    contact: str
    abstract: str
    purpose: str
    keywords: str
    study_group: str
    period: str
    contribution: str
    original: str
    days: str
    starts_on: str
    ends_on: str
    action: str
    information: str
    approval: str
    deadline: str
    liaison: str
    meeting: str
    working_party: str
    radio: str
    document: str
    received: str
    subject: str
    date: str
    text: str
    email: str = "E-mail"
    telephone: str = "Tel"


WORDS = {
    "en": Words(
        "Question(s):",
        "Source:",
        "Title:",
        "Contact:",
        "Abstract:",
        "Purpose:",
        "Keywords:",
        "STUDY GROUP {n}",
        "STUDY PERIOD {p}",
        "CONTRIBUTION",
        "Original: English",
        "Geneva, 9-17 June 2026",
        "2026-06-09",
        "2026-06-17",
        "For action to:",
        "For information to:",
        "Approval:",
        "Deadline:",
        "LIAISON STATEMENT",
        "Meeting:",
        "Working Party:",
        "Radiocommunication Study Groups",
        "Document",
        "Received",
        "Subject",
        "4 June 2026",
        "Proposal on framing of optical units",
    ),
    "fr": Words(
        "Question(s):",
        "Origine:",
        "Titre:",
        "Contact:",
        "Résumé:",
        "Objet:",
        "Mots clés:",
        "COMMISSION D'ÉTUDES {n}",
        "PÉRIODE D'ÉTUDES {p}",
        "CONTRIBUTION",
        "Original: anglais",
        "Genève, 29 juin – 3 juillet 2026",
        "2026-06-29",
        "2026-07-03",
        "Pour suite à donner à:",
        "Pour information à:",
        "Approbation:",
        "Échéance:",
        "NOTE DE LIAISON",
        "Réunion:",
        "Groupe de travail:",
        "Commissions d'études des radiocommunications",
        "Document",
        "Reçu",
        "Sujet",
        "4 juin 2026",
        "Proposition relative à la mise en trames",
        "Courriel",
        "Tél",
    ),
    "es": Words(
        "Cuestión(es):",
        "Origen:",
        "Título:",
        "Contacto:",
        "Resumen:",
        "Objetivo:",
        "Palabras clave:",
        "COMISIÓN DE ESTUDIO {n}",
        "PERÍODO DE ESTUDIOS {p}",
        "CONTRIBUCIÓN",
        "Original: inglés",
        "Ginebra, 9 a 17 de junio de 2026",
        "2026-06-09",
        "2026-06-17",
        "Para acción:",
        "Para información:",
        "Aprobación:",
        "Plazo:",
        "DECLARACIÓN DE COORDINACIÓN",
        "Reunión:",
        "Grupo de Trabajo:",
        "Comisiones de Estudio de Radiocomunicaciones",
        "Documento",
        "Recibido",
        "Asunto",
        "4 de junio de 2026",
        "Propuesta sobre el entramado de unidades ópticas",
        "Correo",
        "Tel",
    ),
    "ru": Words(
        "Вопрос(ы):",
        "Источник:",
        "Название:",
        "Контакт:",
        "Резюме:",
        "Цель:",
        "Ключевые слова:",
        "{n}-Я ИССЛЕДОВАТЕЛЬСКАЯ КОМИССИЯ",
        "ИССЛЕДОВАТЕЛЬСКИЙ ПЕРИОД {p}",
        "ВКЛАД",
        "Оригинал: английский",
        "Женева, 9–17 июня 2026 года",
        "2026-06-09",
        "2026-06-17",
        "Для принятия мер:",
        "Для информации:",
        "Утверждение:",
        "Предельный срок:",
        "ЗАЯВЛЕНИЕ О ВЗАИМОДЕЙСТВИИ",
        "Собрание:",
        "Рабочая группа:",
        "Исследовательские комиссии по радиосвязи",
        "Документ",
        "Получено",
        "Предмет",
        "4 июня 2026 года",
        "Предложение о структуре кадров",
        "Эл. почта",
        "Тел.",
    ),
    "zh": Words(
        "课题:",
        "来源:",
        "标题:",
        "联系人:",
        "摘要:",
        "目的:",
        "关键词:",
        "第{n}研究组",
        "研究期 {p}",
        "文稿",
        "原文:英文",
        "2026年6月29日-7月3日,日内瓦",
        "2026-06-29",
        "2026-07-03",
        "供采取行动:",
        "供参考:",
        "批准:",
        "截止日期:",
        "联络声明",
        "会议:",
        "工作组:",
        "无线电通信研究组",
        "文件",
        "收到日期",
        "主题",
        "2026年6月4日",
        "关于光单元成帧的建议",
        "电子邮件",
        "电话",
    ),
    "ar": Words(
        "المسألة (المسائل):",
        "المصدر:",
        "العنوان:",
        "للاتصال:",
        "الملخص:",
        "الغرض:",
        "الكلمات الرئيسية:",
        "لجنة الدراسات {n}",
        "فترة الدراسة {p}",
        "مساهمة",
        "الأصل: بالإنكليزية",
        "جنيف، 9-17 يونيو 2026",
        "2026-06-09",
        "2026-06-17",
        "لاتخاذ إجراء:",
        "للعلم:",
        "الموافقة:",
        "الموعد النهائي:",
        "بيان اتصال",
        "الاجتماع:",
        "فرقة العمل:",
        "لجان دراسات الاتصالات الراديوية",
        "الوثيقة",
        "الاستلام",
        "الموضوع",
        "4 يونيو 2026",
        "مقترح بشأن تأطير الوحدات البصرية",
        "البريد الإلكتروني",
        "الهاتف",
    ),
}

GROUP_LABELS = {
    "en": "Study Group:",
    "fr": "Commission d'études:",
    "es": "Comisión de Estudio:",
    "ru": "Исследовательская комиссия:",
    "zh": "研究组:",
    "ar": "لجنة الدراسات:",
}
