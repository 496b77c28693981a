"""Windows of a job on the Windows desktop: their titles, sizes, pictures, and closing them.

Written against the documented API and type-checked for Windows; not yet proven on a Windows machine. The job's
windows appear on the person's own desktop for the seconds of the look.
"""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass
from typing import Final

WM_CLOSE: Final = 0x0010
PW_RENDERFULLCONTENT: Final = 2
SMALLEST: Final = 8


class BitmapHeader(ctypes.Structure):
    """BITMAPINFOHEADER."""

    _fields_ = (
        ("biSize", ctypes.c_uint32),
        ("biWidth", ctypes.c_int32),
        ("biHeight", ctypes.c_int32),
        ("biPlanes", ctypes.c_uint16),
        ("biBitCount", ctypes.c_uint16),
        ("biCompression", ctypes.c_uint32),
        ("biSizeImage", ctypes.c_uint32),
        ("biXPelsPerMeter", ctypes.c_int32),
        ("biYPelsPerMeter", ctypes.c_int32),
        ("biClrUsed", ctypes.c_uint32),
        ("biClrImportant", ctypes.c_uint32),
    )


def bitmap_header(width: int, height: int) -> BitmapHeader:
    """Describe 32-bit pixels, top row first (a negative height)."""
    size = ctypes.sizeof(BitmapHeader)
    return BitmapHeader(biSize=size, biWidth=width, biHeight=-height, biPlanes=1, biBitCount=32)


@dataclass(frozen=True, slots=True)
class DesktopWindow:
    """A visible top-level window."""

    number: int
    title: str
    width: int
    height: int


if sys.platform == "win32":
    from ctypes import wintypes

    def desktop_windows(pids: frozenset[int]) -> list[DesktopWindow]:
        """Return the visible top-level windows of these processes, the largest first."""
        user = ctypes.WinDLL("user32")
        found: list[DesktopWindow] = []

        def look(number: int, _: int) -> bool:
            pid = wintypes.DWORD()
            user.GetWindowThreadProcessId(wintypes.HWND(number), ctypes.byref(pid))
            if pid.value in pids and user.IsWindowVisible(wintypes.HWND(number)):
                box = wintypes.RECT()
                user.GetWindowRect(wintypes.HWND(number), ctypes.byref(box))
                title = ctypes.create_unicode_buffer(512)
                user.GetWindowTextW(wintypes.HWND(number), title, len(title))
                width, height = box.right - box.left, box.bottom - box.top
                if min(width, height) >= SMALLEST:
                    found.append(DesktopWindow(number, title.value, width, height))
            return True

        user.EnumWindows(ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)(look), 0)
        return sorted(found, key=lambda window: -window.width * window.height)

    def window_pixels(window: DesktopWindow) -> bytes:
        """Return the window's BGRX pixels, empty when it cannot be drawn."""
        user, gdi = ctypes.WinDLL("user32"), ctypes.WinDLL("gdi32")
        for function in (user.GetDC, gdi.CreateCompatibleDC, gdi.CreateCompatibleBitmap, gdi.SelectObject):
            function.restype = ctypes.c_void_p
        screen = ctypes.c_void_p(user.GetDC(None))
        memory = ctypes.c_void_p(gdi.CreateCompatibleDC(screen))
        bitmap = ctypes.c_void_p(gdi.CreateCompatibleBitmap(screen, window.width, window.height))
        before = ctypes.c_void_p(gdi.SelectObject(memory, bitmap))
        try:
            drawn = user.PrintWindow(wintypes.HWND(window.number), memory, PW_RENDERFULLCONTENT)
            gdi.SelectObject(memory, before)
            pixels = ctypes.create_string_buffer(window.width * window.height * 4)
            header = bitmap_header(window.width, window.height)
            rows = gdi.GetDIBits(memory, bitmap, 0, window.height, pixels, ctypes.byref(header), 0)
            return pixels.raw if drawn and rows == window.height else b""
        finally:
            gdi.DeleteObject(bitmap)
            gdi.DeleteDC(memory)
            user.ReleaseDC(None, screen)

    def ask_to_close(window: DesktopWindow) -> None:
        """Do what clicking the cross does."""
        ctypes.WinDLL("user32").PostMessageW(wintypes.HWND(window.number), WM_CLOSE, 0, 0)
