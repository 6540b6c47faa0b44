"""Line icons on a grid of 24, drawn for this site; a page inlines only those it uses."""

ICONS = {
    "phone": "M6 3h3l2 5-2.5 1.5a12 12 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z",
    "exit": "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
    "play": "M8 5v14l11-7z",
    "check": "m4 13 5 5L20 6",
    "lock": "M6 11h12v10H6zM8 11V8a4 4 0 0 1 8 0v3",
    "down": "M12 4v11m-5-5 5 5 5-5M4 20h16",
    "warn": "M12 3 2 20h20zM12 10v4m0 3v.1",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2",
    "off": "M3 3l18 18M5 10a11 11 0 0 1 4-2m5 0a11 11 0 0 1 5 2M8 14a6 6 0 0 1 3-1.5M12 18v.1",
    "up": "M12 20V5m-6 6 6-6 6 6",
    "dn": "M12 4v15m-6-6 6 6 6-6",
    "next": "M4 12h15m-6-6 6 6-6 6",
    "back": "M20 12H5m6-6-6 6 6 6",
    "print": "M7 9V3h10v6M7 18H4v-8h16v8h-3M7 14h10v7H7z",
    "share": "M12 15V4M8 7l4-4 4 4M5 12v8h14v-8",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7v.1",
    "close": "M5 5l14 14M19 5 5 19",
    "file": "M6 3h8l4 4v14H6zM14 3v4h4",
    "person": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21a8 8 0 0 1 16 0",
    "search": "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5",
}
