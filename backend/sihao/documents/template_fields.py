"""The fields of Word templates, and a made-up paper to try one with."""

from sihao.documents.layout.blocks import Attachment, Heading, Official, Paragraph, Table
from sihao.documents.template_schemas import TemplateField

FIELDS = (
    TemplateField(name="标题", meaning="公文标题", required=True),
    TemplateField(
        name="正文",
        meaning="正文各段，逐段循环；每段有“文字”“级”（1 至 4 为标题，0 为正文）",
        required=True,
    ),
    TemplateField(name="署名", meaning="发文机关署名", required=True),
    TemplateField(name="日期", meaning="成文日期；未签发时为空", required=True),
    TemplateField(name="发文机关", meaning="发文机关名称，用于红头", required=False),
    TemplateField(name="文号", meaning="字〔年〕号；未签发时为空", required=False),
    TemplateField(name="主送", meaning="主送机关", required=False),
    TemplateField(name="已签发", meaning="签发之后为真，用于只在签发后出现的红头", required=False),
    TemplateField(name="标记", meaning="征求意见稿；签发之后为空", required=False),
    TemplateField(
        name="附件",
        meaning="各附件，逐个循环；每个有“标题”和“段落”，段落同正文",
        required=False,
    ),
    TemplateField(name="抄送", meaning="抄送机关，以顿号分隔", required=False),
    TemplateField(name="印发机关", meaning="版记中的印发机关", required=False),
    TemplateField(name="印发日期", meaning="版记中的印发日期", required=False),
)
SAMPLE = Official(
    organ="市直机关工委",
    title="关于示例事项的通知",
    blocks=(
        Heading(1, "示例标题"),
        Paragraph("这是用来试套模板的示例正文。"),
        Heading(2, "下一级标题"),
        Paragraph("数字、日期和名称在正式公文中来自系统中的数据。"),
    ),
    number="市直工委通〔2026〕1号",
    addressee="各单位",
    signature="市直机关工委",
    attachments=(
        Attachment("示例清单", (Table(("序号", "事项"), (30.0, 128.75), (("1", "示例"),)),)),
    ),
    copies_to=("市委办公室",),
    printed_by="市直机关工委",
    red_heading=True,
)
