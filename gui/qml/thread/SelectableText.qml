import QtQuick
import "../theme"

/* Words of a message that can be selected with the mouse; plain, whatever stands in them. */
TextEdit {
    id: words

    property real line: Theme.composerLine

    function space() {
        App.thread.spaceLines(textDocument, line)
    }

    readOnly: true
    selectByMouse: true
    activeFocusOnTab: false
    textFormat: TextEdit.PlainText
    wrapMode: TextEdit.Wrap
    font: Theme.proseFont
    color: Theme.text
    selectionColor: Theme.selection
    selectedTextColor: color
    Accessible.role: Accessible.StaticText
    Accessible.name: text
    Accessible.readOnly: true
    onTextChanged: space()
    onLineChanged: space()
    Component.onCompleted: space()
}
