pragma Singleton

import QtQuick

/*
    Every colour, length, type size and duration of the window. Lengths are logical pixels at a zoom of 100 %;
    `px` applies the zoom. Nothing else in the window names a colour or a number of pixels of its own.
*/
QtObject {
    id: theme

    readonly property var preferences: App.preferences

    // ------------------------------------------------------------------------------------------ what is chosen
    readonly property string mode: {
        if (preferences.theme !== "system")
            return preferences.theme
        return Application.styleHints.colorScheme === Qt.ColorScheme.Dark ? "dark" : "light"
    }
    readonly property bool dark: mode !== "light"
    readonly property bool highContrast: preferences.highContrast
    readonly property bool reduceMotion: preferences.reduceMotion
    readonly property real zoom: preferences.zoom / 100

    function px(length) {
        return length * zoom
    }

    function alpha(colour, opacity) {
        return Qt.rgba(colour.r, colour.g, colour.b, opacity)
    }

    // ------------------------------------------------------------------------------------------ colours
    readonly property Colours light: Colours {
        page: "#ffffff"
        sidebar: "#f9f9f9"
        raised: "#ffffff"
        secondary: "#e8e8e8"
        tertiary: "#f3f3f3"
        bubble: "#f4f4f4"
        text: "#0d0d0d"
        prose: "#0d0d0d"
        textSecondary: "#5d5d5d"
        textTertiary: "#8f8f8f"
        icon: "#0d0d0d"
        iconSecondary: "#5d5d5d"
        iconTertiary: "#8f8f8f"
        borderLight: "#0d0d0d0d"
        border: "#1a0d0d0d"
        borderHeavy: "#260d0d0d"
        separator: "#0d000000"
        hover: "#050d0d0d"
        press: "#0d0d0d0d"
        selected: "#0d0d0d0d"
        primary: "#0d0d0d"
        primaryInk: "#ffffff"
        send: "#000000"
        sendInk: "#ffffff"
        sendDisabled: "#d7d7d7"
        link: "#2964aa"
        linkHover: "#749ac8"
        scrollbar: "#1a000000"
        scrollbarHover: "#33000000"
        focus: "#0d0d0d"
        tooltip: "#000000"
        tooltipInk: "#ffffff"
        warning: "#fff5f0"
        warningBorder: "#ffe7d9"
        warningInk: "#e25507"
        error: "#fff0f0"
        errorBorder: "#ffe1e0"
        errorInk: "#e02e2a"
        green: "#00a240"
        yellow: "#e0ac00"
        red: "#e02e2a"
        pill: "#daeeff"
        code: "#f9f9f9"
        inlineCode: "#ececec"
        syntax: ["#c0660d", "#0a66d1", "#138a36", "#d14f8a", "#8b5cf6"]
    }
    readonly property Colours night: Colours {
        page: "#212121"
        sidebar: "#181818"
        raised: "#303030"
        secondary: "#303030"
        tertiary: "#414141"
        bubble: "#303030"
        text: "#ffffff"
        prose: "#ececec"
        textSecondary: "#f3f3f3"
        textTertiary: "#afafaf"
        icon: "#e8e8e8"
        iconSecondary: "#cdcdcd"
        iconTertiary: "#afafaf"
        borderLight: "#0dffffff"
        border: "#26ffffff"
        borderHeavy: "#33ffffff"
        separator: "#0dffffff"
        hover: "#1affffff"
        press: "#0dffffff"
        selected: "#1affffff"
        primary: "#ffffff"
        primaryInk: "#0d0d0d"
        send: "#ffffff"
        sendInk: "#000000"
        sendDisabled: "#676767"
        link: "#7ab7ff"
        linkHover: "#5e83b3"
        scrollbar: "#1affffff"
        scrollbarHover: "#33ffffff"
        focus: "#ffffff"
        tooltip: "#000000"
        tooltipInk: "#ffffff"
        warning: "#4a2206"
        warningBorder: "#4a2206"
        warningInk: "#ff9e6c"
        error: "#4d100e"
        errorBorder: "#4d100e"
        errorInk: "#ff8583"
        green: "#40c977"
        yellow: "#ffd240"
        red: "#ff6764"
        pill: "#2a4a6d"
        code: "#171717"
        inlineCode: "#424242"
        syntax: ["#f4d35e", "#93c5fd", "#86efac", "#f9a8d4", "#d8b4fe"]
    }
    readonly property Colours black: Colours {
        page: "#000000"
        sidebar: "#000000"
        raised: "#1b1b1b"
        secondary: "#1b1b1b"
        tertiary: "#303030"
        bubble: "#1b1b1b"
        text: night.text
        prose: night.prose
        textSecondary: night.textSecondary
        textTertiary: night.textTertiary
        icon: night.icon
        iconSecondary: night.iconSecondary
        iconTertiary: night.iconTertiary
        borderLight: night.borderLight
        border: night.border
        borderHeavy: night.borderHeavy
        separator: night.separator
        hover: night.hover
        press: night.press
        selected: night.selected
        primary: night.primary
        primaryInk: night.primaryInk
        send: night.send
        sendInk: night.sendInk
        sendDisabled: night.sendDisabled
        link: night.link
        linkHover: night.linkHover
        scrollbar: night.scrollbar
        scrollbarHover: night.scrollbarHover
        focus: night.focus
        tooltip: "#1b1b1b"
        tooltipInk: night.tooltipInk
        warning: night.warning
        warningBorder: night.warningBorder
        warningInk: night.warningInk
        error: night.error
        errorBorder: night.errorBorder
        errorInk: night.errorInk
        green: night.green
        yellow: night.yellow
        red: night.red
        pill: night.pill
        code: "#0d0d0d"
        inlineCode: "#303030"
        syntax: night.syntax
    }
    readonly property Colours palette: mode === "black" ? black : dark ? night : light

    readonly property color page: palette.page
    readonly property color sidebar: palette.sidebar
    readonly property color raised: palette.raised
    readonly property color secondary: palette.secondary
    readonly property color tertiary: palette.tertiary
    readonly property color bubble: palette.bubble
    readonly property color text: palette.text
    readonly property color prose: highContrast ? palette.text : palette.prose
    readonly property color textSecondary: palette.textSecondary
    readonly property color textTertiary: highContrast ? palette.textSecondary : palette.textTertiary
    readonly property color icon: palette.icon
    readonly property color iconSecondary: palette.iconSecondary
    readonly property color iconTertiary: highContrast ? palette.iconSecondary : palette.iconTertiary
    readonly property color borderLight: highContrast ? palette.borderHeavy : palette.borderLight
    readonly property color border: highContrast ? palette.iconSecondary : palette.border
    readonly property color borderHeavy: highContrast ? palette.icon : palette.borderHeavy
    readonly property color separator: palette.separator
    readonly property color hover: palette.hover
    readonly property color press: palette.press
    readonly property color selected: palette.selected
    readonly property color primary: palette.primary
    readonly property color primaryInk: palette.primaryInk
    readonly property color send: palette.send
    readonly property color sendInk: palette.sendInk
    readonly property color sendDisabled: palette.sendDisabled
    readonly property color link: palette.link
    readonly property color linkHover: highContrast ? palette.link : palette.linkHover
    readonly property color scrollbar: palette.scrollbar
    readonly property color scrollbarHover: palette.scrollbarHover
    readonly property color focus: palette.focus
    readonly property color tooltip: palette.tooltip
    readonly property color tooltipInk: palette.tooltipInk
    readonly property color warning: palette.warning
    readonly property color warningBorder: palette.warningBorder
    readonly property color warningInk: highContrast && !dark ? "#a83d00" : palette.warningInk
    readonly property color error: palette.error
    readonly property color errorBorder: palette.errorBorder
    readonly property color errorInk: highContrast && !dark ? "#b3201c" : palette.errorInk
    readonly property color green: palette.green
    readonly property color yellow: highContrast ? yellowInk : palette.yellow
    readonly property color red: highContrast ? (dark ? palette.errorInk : "#b3201c") : palette.red
    readonly property color code: palette.code
    readonly property color inlineCode: palette.inlineCode
    readonly property var syntax: highContrast && !dark ? ["#a85408", "#0a66d1", "#0f7a2e", "#b83a74", "#7c4be0"] : palette.syntax
    readonly property color comment: highContrast ? palette.textSecondary : dark ? "#9b9b9b" : "#676767"
    readonly property color pill: palette.pill
    readonly property color pillInk: !dark ? palette.link : highContrast ? "#a8d5ff" : "#48aaff"
    readonly property color blue: "#0285ff"
    readonly property color danger: "#e02e2a"
    readonly property color dangerHover: highContrast ? "#b3201c" : "#fa423e"
    readonly property color dangerInk: "#ffffff"
    readonly property color knob: "#ffffff"
    readonly property color scrim: "#800d0d0d"
    readonly property color dropScrim: "#990d0d0d"
    readonly property color dropInk: "#ffffff"
    readonly property color selection: "#6666b5ff"
    readonly property color clear: "transparent"
    readonly property color greenInk: dark ? palette.green : "#007a30"
    readonly property color yellowInk: dark ? palette.yellow : "#7d6000"

    // ------------------------------------------------------------------------------------------ lengths
    readonly property real sidebarWidth: px(260)
    readonly property real sidebarWidest: px(320)
    readonly property real railWidth: px(52)
    readonly property real headerHeight: px(52)
    readonly property real narrowWindow: px(768)
    readonly property real wideMain: px(764)
    readonly property real columnWide: px(768)
    readonly property real columnNarrow: px(640)
    readonly property real marginBase: px(16)
    readonly property real marginSmall: px(24)
    readonly property real marginLarge: px(64)
    readonly property real rowHeight: px(36)
    readonly property real rowRadius: px(10)
    readonly property real rowGutter: px(6)
    readonly property real shelfIndent: px(30)
    readonly property real buttonSize: px(36)
    readonly property real smallButton: px(32)
    readonly property real buttonRadius: px(8)
    readonly property real bubbleRadius: px(18)
    readonly property real cardRadius: px(16)
    readonly property real composerRadius: px(28)
    readonly property real composerHeight: px(56)
    readonly property real composerTallest: px(208)
    readonly property real menuRadius: px(16)
    readonly property real tooltipRadius: px(8)
    readonly property real iconSmall: px(16)
    readonly property real iconSize: px(20)
    readonly property real iconLarge: px(24)
    readonly property real iconTiny: px(12)
    readonly property real gapSmall: px(4)
    readonly property real gap: px(8)
    readonly property real gapLarge: px(12)
    readonly property real padding: px(16)
    readonly property real hairline: 1
    readonly property real focusWidth: 2
    readonly property real smallMain: px(480)

    /* Width of the column of messages and of the composer in a main area that is `width` wide. */
    function columnFor(width) {
        const widest = width >= wideMain ? columnWide : columnNarrow
        return Math.round(Math.max(0, Math.min(widest, width - 2 * marginFor(width))))
    }

    /* Space at least kept on both sides of that column. */
    function marginFor(width) {
        return width >= wideMain ? marginLarge : width >= smallMain ? marginSmall : marginBase
    }

    // ------------------------------------------------------------------------------------------ type
    readonly property string family: App.fonts.sans
    readonly property string mono: App.fonts.mono
    readonly property font proseFont: fontOf(16)
    readonly property font uiFont: fontOf(14)
    readonly property font uiMedium: fontOf(14, 500)
    readonly property font titleFont: fontOf(16, 600)
    readonly property font modelFont: fontOf(18)
    readonly property font headingFont: fontOf(28, 500, 0.38)
    readonly property font chipFont: fontOf(13, 500)
    readonly property font captionFont: fontOf(12)
    readonly property font captionStrong: fontOf(12, 600)
    readonly property font codeFont: monoOf(14)
    readonly property font logFont: monoOf(12)
    readonly property font uiStrong: fontOf(14, 600)
    readonly property font h1Font: fontOf(24, 600)
    readonly property font h2Font: fontOf(20, 600)
    readonly property font h3Font: fontOf(18, 600)
    readonly property real h1Line: px(32)
    readonly property real h2Line: px(28)
    readonly property real h3Line: px(26)
    readonly property real proseLine: px(28)
    readonly property real uiLine: px(20)
    readonly property real composerLine: px(24)
    readonly property real codeLine: px(20)

    function fontOf(size, weight = 400, spacing = 0) {
        return Qt.font({"family": family, "pixelSize": Math.round(px(size)), "weight": weight, "letterSpacing": px(spacing)})
    }

    function monoOf(size, weight = 400) {
        return Qt.font({"family": mono, "pixelSize": Math.round(px(size)), "weight": weight})
    }

    // ------------------------------------------------------------------------------------------ motion
    readonly property int fast: reduceMotion ? 0 : 150
    readonly property int colourChange: reduceMotion ? 0 : 200
    readonly property int slide: reduceMotion ? 0 : 240
    readonly property int move: reduceMotion ? 0 : 300
    readonly property int contentFade: reduceMotion ? 0 : 180
    readonly property var easing: [0.4, 0, 0.2, 1, 1, 1]
}
