import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"

/* Several lines to type into. Tab goes on to the next control. */
Column {
    id: box

    property alias text: input.text
    property alias placeholder: input.placeholderText
    property alias input: input
    property string label

    spacing: Theme.gapSmall
    Words {
        visible: box.label !== ""
        width: parent.width
        text: box.label
        font: Theme.uiMedium
        wrapMode: Text.Wrap
    }
    Basic.TextArea {
        id: input
        width: parent.width
        font: Theme.logFont
        color: Theme.text
        placeholderTextColor: Theme.textTertiary
        selectionColor: Theme.selection
        selectedTextColor: Theme.text
        padding: Theme.gapLarge
        textFormat: TextEdit.PlainText
        wrapMode: TextEdit.WrapAnywhere
        selectByMouse: true
        KeyNavigation.priority: KeyNavigation.BeforeItem
        Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
        Accessible.name: box.label || placeholderText
        background: Rectangle {
            radius: Theme.rowRadius
            color: Theme.clear
            border.width: input.activeFocus ? Theme.focusWidth : Theme.hairline
            border.color: input.activeFocus ? Theme.focus : Theme.border
        }
    }
}
