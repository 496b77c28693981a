import QtQuick
import "../../theme"

/* A formula as its source. */
Item {
    id: formula

    required property var block

    objectName: "mathBlock"
    implicitHeight: source.height + Theme.gapLarge
    TextEdit {
        id: source
        y: Theme.px(6)
        width: parent.width
        text: formula.block.text ?? ""
        textFormat: TextEdit.PlainText
        wrapMode: TextEdit.Wrap
        readOnly: true
        selectByMouse: true
        activeFocusOnTab: true
        font: Theme.codeFont
        color: Theme.prose
        selectionColor: Theme.selection
        selectedTextColor: color
        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("Formula: %1").arg(text)
        Accessible.readOnly: true
        onActiveFocusChanged: if (!activeFocus) deselect()
    }
}
