"""A review carried through the pages, step by step as people do it: by labels and buttons, not by ids."""

from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect

from tests.gateway.screenshots import settle, sign_in

PATIENCE = 60_000
HEADINGS = ["序号", "设备名称", "技术参数", "单位", "数量", "单价（万元）", "合价（万元）", "备注"]
APPROVED = [
    ("应用服务器", "CPU核数不低于16核；内存≥256GB DDR4；硬盘≥4TB", "台", 10, 12.5),
    ("集中存储", "可用容量≥100TB；控制器≥2个", "套", 1, 86.0),
    ("核心交换机", "交换容量≥25Tbps；包转发率≥5000Mpps", "台", 2, 28.6),
]


def write_table(path: Path, changes: dict[str, str] | None = None) -> Path:
    """Write an equipment list; `changes` replaces texts of the parameters."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "设备清单"
    sheet.append(HEADINGS)
    for number, (name, parameters, unit, count, price) in enumerate(APPROVED, 1):
        for old, new in (changes or {}).items():
            parameters = parameters.replace(old, new)  # noqa: PLW2901 - the same text, changed
        sheet.append([number, name, parameters, unit, count, price, count * price, ""])
    book.save(path)
    return path


class Walker:
    """One person at the pages of a running system."""

    def __init__(self, browser: Browser, address: str, username: str, width: int = 1280) -> None:
        context = browser.new_context(viewport={"width": width, "height": 860}, locale="zh-CN", accept_downloads=True)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.address, self.username = address, username
        sign_in(self.page, address, username)

    def go(self, path: str) -> None:
        """Open a page and wait until it is drawn."""
        self.page.goto(f"{self.address}{path}")
        settle(self.page)

    def type_into(self, label: str, text: str) -> None:
        """Type a text and leave the field, as people do."""
        self.page.get_by_label(label).fill(text)
        self.page.get_by_label(label).blur()

    def request_review(self, approved: Path, tender: Path, code: str) -> None:
        """Fill in the start form, upload both files, and wait until the process waits for somebody."""
        self.go("/start/parameter_review")
        for label, text in {
            "项目名称": "城市运行一网统管平台",
            "项目代码": code,
            "批复文号": "沈发改审批〔2026〕18号",
            "采购包": "01包 硬件设备",
        }.items():
            self.type_into(label, text)
        self.page.get_by_label("批复日期").last.fill("2026/03/02")
        self.page.keyboard.press("Enter")
        files = self.page.locator("input[type=file]")
        files.nth(0).set_input_files(approved)
        files.nth(1).set_input_files(tender)
        self.page.get_by_role("button", name="提交送审").click()
        self.page.wait_for_url("**/instances/*")
        expect(self.page.locator("[data-role=outcome]")).not_to_be_empty(timeout=PATIENCE)

    def take_task(self, name: str) -> None:
        """Wait for a task to appear among those to be taken or held, take it, and open its form."""
        row = self.page.locator("tr", has_text=name).first
        for _ in range(120):
            for scope in ("free", "mine"):
                self.page.goto(f"{self.address}/tasks?scope={scope}")
                if row.count():
                    row.locator(".act").locator("button, a").first.click()
                    self.page.wait_for_url("**/tasks/*")
                    settle(self.page)
                    return
            self.page.wait_for_timeout(500)
        raise AssertionError(f"{name} never appeared in the inbox")

    def sign_in_again(self) -> None:
        """Sign out and in again in another tab of the same browser."""
        tab = self.sign_out_elsewhere()
        sign_in(tab, self.address, self.username)
        tab.close()

    def sign_out_elsewhere(self) -> Page:
        """Sign out in another tab of the same browser, and return it."""
        tab = self.page.context.new_page()
        tab.goto(f"{self.address}/tasks")
        tab.get_by_role("button", name="退出").click()
        tab.wait_for_url("**/login?left=1")
        return tab

    def try_to_take(self, name: str) -> str:
        """Try to take a task that waits for somebody, and return what the page says to it."""
        row = self.page.locator("tr", has_text=name).first
        for _ in range(120):
            self.page.goto(f"{self.address}/tasks?scope=free")
            if row.count():
                row.get_by_role("button", name="领取").click()
                self.page.wait_for_url("**/claim")
                self.complaints.clear()  # the browser reports the refusal as an error of its own
                return self.page.locator("main").inner_text()
            self.page.wait_for_timeout(500)
        raise AssertionError(f"{name} never waited for anybody")

    def open_review(self, code: str) -> None:
        """Go from the project list to its review once the opinion is there."""
        self.go(f"/projects/{code}")
        self.page.get_by_role("link", name="查看比对").first.click()
        for _ in range(120):
            if self.page.get_by_role("link", name="下载审查意见书").count():
                return
            self.page.wait_for_timeout(500)
            self.page.reload()
        raise AssertionError("no opinion was issued")

    def download(self, link: str, target: Path) -> None:
        """Save what a link gives."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=link).click()
        waiting.value.save_as(target)

    def choose(self, label: str, option: str) -> None:
        """Choose an option in every drop-down of this label."""
        for field in self.page.locator(".fjs-form-field-select", has_text=label).all():
            field.locator(".fjs-input-group").click()
            field.locator(".fjs-dropdownlist-item", has_text=option).first.click()

    def submit(self) -> None:
        """Press the button and wait for the inbox."""
        self.page.get_by_role("button", name="提交办结").click()
        self.page.wait_for_url("**/tasks?said=done")

    def explain(self) -> None:
        """Explain every deviation."""
        self.take_task("说明偏差")
        for area in self.page.get_by_label("说明", exact=False).locator("visible=true").all():
            if area.evaluate("element => element.tagName") == "TEXTAREA":
                area.fill("按现货供应情况调整，造价不变。")
        self.submit()

    def review(self, disposition: str) -> None:
        """Judge every deviation and the reasonableness."""
        self.take_task("初审")
        self.choose("处理意见", disposition)
        self.choose("答复", "不采纳")
        for label in self.page.locator(".fjs-form-field-radio").all():
            label.get_by_label("合理", exact=True).check()
        self.submit()

    def confirm(self) -> None:
        """Agree with the first reviewer."""
        self.take_task("复核")
        self.page.get_by_label("同意初审意见").check()
        self.submit()

    def publish(self, published: Path) -> None:
        """Hand in the file that was published."""
        self.take_task("提交公告文件")
        self.type_into("公告编号", "JH26-210100-00001")
        self.page.locator("input[type=file]").set_input_files(published)
        self.submit()
