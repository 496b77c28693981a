import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* A title being changed where it stands: Enter saves, Esc leaves it as it was. */
Basic.TextField {
    id: field

    required property string initial
    property bool ended: false
    signal saved(string text)
    signal givenUp()

    function end(save) {
        if (ended)
            return
        ended = true
        if (save && text.trim() !== "" && text.trim() !== initial)
            saved(text.trim())
        else
            givenUp()
    }

    objectName: "renameField"
    text: initial
    maximumLength: 200
    font: Theme.uiFont
    color: Theme.text
    selectionColor: Theme.selection
    selectedTextColor: Theme.text
    leftPadding: Theme.px(10)
    rightPadding: Theme.px(10)
    topPadding: 0
    bottomPadding: 0
    verticalAlignment: TextInput.AlignVCenter
    selectByMouse: true
    background: Rectangle {
        radius: Theme.rowRadius
        color: Theme.page
        border.width: Theme.focusWidth
        border.color: Theme.blue
    }
    Component.onCompleted: {
        forceActiveFocus()
        selectAll()
    }
    Keys.onShortcutOverride: event => event.accepted = event.key === Qt.Key_Escape
    Keys.onEscapePressed: end(false)
    onAccepted: end(true)
    onActiveFocusChanged: if (!activeFocus) end(true)
}
