"""Imports in the browser beyond the straight way: an unknown header, a correction, and undoing it."""

import json
import shutil
import sqlite3

from playwright.sync_api import expect

from core.reports.workbook import Table, workbook
from tests.browser.conftest import go, running_server, settled, sign_in


def test_an_unknown_header_is_explained_once_and_the_import_undone(demo_template, tmp_path, page):
    folder = tmp_path / "local"
    shutil.copytree(demo_template, folder)
    with running_server(folder) as server:
        person = json.loads(server.command("grid", "--format", "json").stdout)[0]
        for name, word in (("first", "Baik"), ("second", "Kurang")):
            (tmp_path / f"{name}.xlsx").write_bytes(feedback(person["nip"], person["name"], word))
        go(page, server, "data?language=id")
        sign_in(page, *server.password("secretariat"))
        page.locator("input[type=file]").set_input_files(tmp_path / "first.xlsx")
        choice = page.get_by_role("combobox", name="Kategori")
        choice.click()
        page.get_by_role("option", name="Kata Rekan").click()
        page.get_by_role("button", name="Ingat untuk tata letak ini").click()
        button = page.get_by_role("button", name="Impor sekarang")
        button.click(timeout=30_000)
        done = page.get_by_text("Diimpor:")
        expect(done).to_be_visible(timeout=30_000)

        # The header is remembered now; the correction asks why.
        expect(page.locator("input[type=file]")).to_have_count(1)
        page.locator("input[type=file]").set_input_files(tmp_path / "second.xlsx")
        page.get_by_role("textbox", name="Mengapa fakta").fill("salah ketik")
        page.get_by_role("textbox", name="Mengapa fakta").press("Enter")
        settled(page)
        button.click()
        expect(page.get_by_text("1 berubah").first).to_be_visible(timeout=30_000)

        page.get_by_role("button", name="Urungkan").first.click()
        page.get_by_role("textbox", name="Mengapa impor nomor 4").fill("berkas keliru")
        page.get_by_role("button", name="Batalkan impor ini").click()
        expect(page.get_by_text("Impor nomor 4 dibatalkan.")).to_be_visible(timeout=30_000)
        history = server.command("history").stdout
        assert "salah ketik" in history
        assert "berkas keliru" in history


def test_all_that_is_known_is_handed_out_until_the_right_ends(demo_template, tmp_path, page):
    folder = tmp_path / "local"
    shutil.copytree(demo_template, folder)
    with running_server(folder) as server:
        go(page, server, "data?language=id")
        username, password = server.password("secretariat")
        sign_in(page, username, password)
        button = page.get_by_role("button", name="Unduh semuanya")
        with page.expect_download() as download:
            button.click()
        download.value.save_as(tmp_path / "all.xlsx")
        page.locator("input[type=file]").set_input_files(tmp_path / "all.xlsx")
        expect(page.get_by_text("tidak ada yang perlu diimpor").first).to_be_visible(timeout=60_000)

        files = []
        page.on("download", lambda file: files.append(file))
        with sqlite3.connect(folder / "mantel.db") as connection:
            connection.execute("UPDATE user_account SET active = 0 WHERE username = ?", [username])
        button.click()
        expect(page.get_by_text("Failed to generate file for download")).to_be_visible()
        assert files == []


def feedback(nip: str, name: str, word: str) -> bytes:
    """360° feedback under a header nobody knows."""
    return workbook([Table("Data", ["NIP", "Nama", "Tahun", "Kata Rekan"], [[nip, name, 2019, word]])])
