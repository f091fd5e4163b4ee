"""The playground's page as a person uses it: be somebody, press, type, fill in, look."""

from playwright.async_api import Locator, Page, expect

ANNE, KARIM, NADIA, FIONA = "U0ANNE", "U0KARIM", "U0NADIA", "U0FIONA"
CHANNELS = {ANNE: "C0ANNE", KARIM: "C0KARIM", NADIA: "C0ANNE", FIONA: "C0FINANCE"}
PATIENCE_MS = 15_000
SETTLE_MS = 300  # htmx binds what it has just drawn; a person is slower than that


class SlackPage:
    """One browser page on the demo."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self._address = page, address
        page.set_default_timeout(PATIENCE_MS)

    async def be(self, person: str, channel: str = "") -> None:
        """Become somebody, in their channel."""
        await self.page.goto(f"{self._address}/as/{person}/{channel or CHANNELS[person]}")

    def message(self, words: str) -> Locator:
        """Return the latest message that says `words`."""
        return self.page.locator("#stream article.message").filter(has_text=words).last

    async def sees(self, words: str) -> Locator:
        """Wait until a message says `words`."""
        found = self.message(words)
        await expect(found).to_be_visible(timeout=PATIENCE_MS)
        return found

    async def press(self, words: str, button: str) -> None:
        """Press a button of the message that says `words`."""
        await self.message(words).get_by_role("button", name=button, exact=True).first.click()

    async def choose(self, words: str, option: str) -> None:
        """Open the ⋯ menu of the message that says `words` and choose an option."""
        message = self.message(words)
        await message.locator("details.overflow summary").last.click()
        await message.locator("details.overflow .menu").get_by_role("button", name=option).click()

    async def prepare(self, client: str, button: str = "Préparer") -> None:
        """Open, from Home, the step that waits for a client."""
        line = self.page.locator(".home .section").filter(has_text=client)
        await line.get_by_role("button", name=button, exact=True).first.click()
        await self.page.locator(".modal").wait_for()
        await self.page.wait_for_timeout(SETTLE_MS)

    def mail(self, words: str) -> Locator:
        """Return the e-mail of the mailbox that says `words`."""
        return self.page.locator("#stream article.mail").filter(has_text=words).last

    async def type(self, line: str) -> None:
        """Type a line in the composer and send it."""
        await self.page.fill("#main-composer .line, .composer .line", line)
        await self.page.keyboard.press("Enter")

    async def fill(self, field: str, text: str) -> None:
        """Fill one field of the open modal, by block id."""
        await self.page.locator(f'.modal [name^="field|{field}|"]').first.fill(text)

    async def pick(self, field: str, label: str) -> None:
        """Pick an option of a menu of the open modal, by block id."""
        await self.page.locator(".modal").wait_for()
        await self.page.wait_for_timeout(SETTLE_MS)
        await self.page.locator(f'.modal select[name^="field|{field}|"]').select_option(label=label)

    async def modal_press(self, button: str) -> None:
        """Press a button inside the open modal, and wait for what it opens."""
        await self.page.wait_for_timeout(SETTLE_MS)
        await self.page.locator(".modal .actions").get_by_role("button", name=button).click()
        await self.page.wait_for_timeout(SETTLE_MS)

    async def save(self, title: str) -> bytes:
        """Save the file of that title from the channel; return what it holds."""
        async with self.page.expect_download() as saved:
            await self.page.locator("#stream a.file").filter(has_text=title).last.click()
        return (await (await saved.value).path()).read_bytes()

    async def submit(self) -> None:
        """Press the modal's main button."""
        await self.page.locator(".modal .go").click()

    async def confirm(self) -> None:
        """Say yes to what a button asks first."""
        await self.page.locator("#confirm .yes").click()

    async def close_modal(self) -> None:
        """Leave the open modal without saving."""
        await self.page.locator(".modal .x").click()
        await self.modal_closes()

    async def modal_closes(self) -> None:
        """Wait until no modal is open."""
        await expect(self.page.locator(".modal")).to_have_count(0, timeout=PATIENCE_MS)

    async def thread_of(self, words: str) -> Locator:
        """Open the thread of the message that says `words`; return its panel."""
        answered = self.page.locator("#stream article.message").filter(has_text=words)
        await answered.locator("a.replies").last.click()
        return self.page.locator("#thread")

    async def next_morning(self, day: str) -> None:
        """Go to the next working morning and wait until the demo says its date."""
        await self.page.get_by_role("button", name="Demain matin").click()
        await expect(self.page.locator("#demo-answer")).to_contain_text(day, timeout=60_000)

    async def control(self, label: str) -> None:
        """Press a button of the demo's panel and wait for its answer."""
        await self.page.get_by_role("button", name=label).click()
        await expect(self.page.locator("#demo-answer")).not_to_be_empty(timeout=60_000)
