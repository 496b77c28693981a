import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* The text of the message: grows to a certain height, then scrolls. */
Flickable {
    id: scroller

    property alias area: area
    property bool laying: false
    readonly property string hintText: qsTr("Ask for a program, or ask anything")

    /* A quarter of the window, but never less than three lines. */
    readonly property real tallest: Math.max(3 * Theme.composerLine + area.topPadding + area.bottomPadding, Math.min(Theme.composerTallest, Window.height / 4))

    implicitHeight: Math.min(area.implicitHeight, tallest)
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    interactive: contentHeight > height
    Basic.ScrollBar.vertical: SlimScrollBar {}

    function put(text) {
        laying = true
        App.composer.lay(area.textDocument, text, Theme.composerLine)
        laying = false
        area.cursorPosition = area.length
    }

    function insert(text) {
        if (area.selectedText !== "")
            area.remove(area.selectionStart, area.selectionEnd)
        area.insert(area.cursorPosition, text)
    }

    function pressed(event) {
        // What an input method composes belongs to it alone, Enter as well.
        if (area.inputMethodComposing)
            return
        const control = event.modifiers & Qt.ControlModifier
        const shift = event.modifiers & Qt.ShiftModifier
        if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) {
            event.accepted = true
            if (control || (!App.preferences.sendWithCtrl && !shift && !(event.modifiers & Qt.AltModifier)))
                App.composer.send()
            else
                insert("\n")
        } else if (event.matches(StandardKey.Paste)) {
            event.accepted = true
            App.composer.paste(false)
        } else if (event.key === Qt.Key_Escape && !shift && (App.composer.busy || App.composer.sending)) {
            event.accepted = true
            App.composer.stop()
        } else if (event.key === Qt.Key_Up && area.length === 0 && !control && !shift) {
            event.accepted = true
            App.composer.editLast()
        } else if ((event.key === Qt.Key_Tab || event.key === Qt.Key_Backtab) && !control) {
            event.accepted = true
            const forward = event.key === Qt.Key_Tab
            const next = area.nextItemInFocusChain(forward)
            if (next)
                next.forceActiveFocus(forward ? Qt.TabFocusReason : Qt.BacktabFocusReason)
        }
    }

    Basic.TextArea.flickable: Basic.TextArea {
        id: area
        objectName: "composerText"
        textFormat: TextEdit.PlainText
        wrapMode: TextEdit.Wrap
        font: Theme.proseFont
        color: Theme.text
        selectionColor: Theme.selection
        selectedTextColor: Theme.text
        selectByMouse: true
        persistentSelection: true
        inputMethodHints: Qt.ImhMultiLine
        readOnly: App.composer.sending
        leftPadding: 0
        rightPadding: Theme.gap
        // The room of a line lies above its letters; half of it is given back.
        topPadding: Theme.px(4)
        bottomPadding: Theme.px(8)
        background: null
        focus: true
        Accessible.name: qsTr("Message")
        Accessible.description: scroller.hintText
        Keys.onPressed: event => scroller.pressed(event)
        onTextChanged: if (!scroller.laying) App.composer.text = text
        Component.onCompleted: scroller.put(App.composer.text)
        cursorDelegate: Rectangle {
            width: Theme.px(1.5)
            color: Theme.text
            visible: area.cursorVisible && !area.readOnly
        }
        Basic.ContextMenu.menu: PopupMenu {
            MenuEntry { text: qsTr("Cut"); enabled: area.selectedText !== ""; onTriggered: area.cut() }
            MenuEntry { text: qsTr("Copy"); enabled: area.selectedText !== ""; onTriggered: area.copy() }
            MenuEntry { text: qsTr("Paste"); onTriggered: App.composer.paste(false) }
            MenuLine {}
            MenuEntry { text: qsTr("Select all"); enabled: area.length > 0; onTriggered: area.selectAll() }
        }
    }
    Words {
        visible: area.length === 0 && area.preeditText === ""
        x: area.leftPadding
        y: Theme.px(7)
        width: scroller.width
        text: scroller.hintText
        font: Theme.proseFont
        color: Theme.textTertiary
        elide: Text.ElideRight
        lineHeightMode: Text.FixedHeight
        lineHeight: Theme.composerLine
        Accessible.ignored: true
    }
    // Systems with a second clipboard paste it by the middle button; long texts must become files here too.
    MouseArea {
        anchors.fill: parent
        acceptedButtons: Qt.MiddleButton
        cursorShape: Qt.IBeamCursor
        onClicked: event => {
            area.cursorPosition = area.positionAt(event.x, event.y)
            area.forceActiveFocus(Qt.MouseFocusReason)
            App.composer.paste(true)
        }
    }
    Connections {
        target: App.composer
        function onTextReplaced(text) { scroller.put(text) }
        function onInsertWanted(text) { scroller.insert(text) }
    }
    Connections {
        target: Theme
        function onZoomChanged() { Qt.callLater(() => scroller.put(area.text)) }
    }
}
