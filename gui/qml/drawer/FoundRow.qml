import QtQuick
import "../theme"
import "../controls"

/* One line that was found in the memory: what it says, where it stands and who stands behind it. */
Rectangle {
    id: row

    required property var model
    property bool current: false
    readonly property var trustWords: ({"person": qsTr("yours"), "own": qsTr("MultiCoder’s"), "foreign": qsTr("foreign")})
    readonly property string about: [model.name, trustWords[model.trust] || "", model.date].filter(part => part).join(" · ")
    readonly property string told: [model.snippet, about].filter(part => part).join(", ")
    signal taken()

    objectName: "foundRow"
    implicitHeight: words.height + 2 * Theme.gap
    radius: Theme.rowRadius
    color: hover.hovered ? Theme.hover : Theme.clear
    border.width: current ? Theme.focusWidth : 0
    border.color: Theme.focus
    HoverHandler { id: hover; cursorShape: Qt.PointingHandCursor }
    TapHandler { onTapped: row.taken() }
    Column {
        id: words
        x: Theme.gap
        y: Theme.gap
        width: parent.width - 2 * x
        Snippet { width: parent.width; pieces: row.model.pieces }
        Note { width: parent.width; text: row.about; Accessible.ignored: true }
    }
    Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: Theme.hairline; color: Theme.borderLight }
}
