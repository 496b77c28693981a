import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* Several lines to type into; Ctrl+Enter sends, Enter is a new line, Tab goes on. */
Column {
    id: box

    property string label
    property string placeholder
    property string hint
    property alias text: area.text
    property alias input: area
    property bool needed: false
    readonly property string words: area.text.trim()
    readonly property bool given: words !== ""
    signal submitted()
    signal leaving()

    spacing: Theme.gapSmall
    Words {
        visible: box.label !== ""
        width: parent.width
        text: box.label
        font: Theme.uiMedium
        wrapMode: Text.Wrap
    }
    Basic.ScrollView {
        id: view
        width: parent.width
        height: Math.min(Theme.px(220), Math.max(Theme.px(64), area.implicitHeight))
        Basic.ScrollBar.vertical: SlimScrollBar {
            parent: view
            x: view.width - width
            height: view.height
        }
        background: Rectangle {
            radius: Theme.rowRadius
            color: Theme.clear
            border.width: area.activeFocus ? Theme.focusWidth : Theme.hairline
            border.color: area.activeFocus ? Theme.focus : Theme.border
        }
        Basic.TextArea {
            id: area
            objectName: "answerText"
            font: Theme.uiFont
            color: Theme.text
            textFormat: TextEdit.PlainText
            wrapMode: TextEdit.Wrap
            placeholderText: box.placeholder
            placeholderTextColor: Theme.textTertiary
            selectionColor: Theme.selection
            selectedTextColor: Theme.text
            selectByMouse: true
            leftPadding: Theme.gapLarge
            rightPadding: Theme.gapLarge
            topPadding: Theme.px(10)
            bottomPadding: Theme.px(10)
            background: null
            Accessible.name: box.label || box.placeholder
            KeyNavigation.priority: KeyNavigation.BeforeItem
            Keys.priority: Keys.BeforeItem
            Keys.onPressed: event => {
                const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter
                if (enter && (event.modifiers & Qt.ControlModifier)) {
                    event.accepted = true
                    box.submitted()
                } else if (event.key === Qt.Key_Escape) {
                    event.accepted = true
                    box.leaving()
                } else if (event.key === Qt.Key_Tab || event.key === Qt.Key_Backtab) {
                    event.accepted = true
                    const next = area.nextItemInFocusChain(event.key === Qt.Key_Tab)
                    if (next)
                        next.forceActiveFocus(Qt.TabFocusReason)
                }
            }
        }
    }
    Words {
        visible: box.hint !== ""
        width: parent.width
        text: box.hint
        font: Theme.captionFont
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
}
