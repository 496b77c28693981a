import QtQuick
import "../theme"
import "../controls"

/* One document of the memory. */
Rectangle {
    id: row

    required property var model
    required property Item memoryPage
    property bool current: false
    readonly property string about: [memoryPage.kindWords[model.kind] || model.kind, model.size, model.lines > 0 ? qsTr("%n line(s)", "", model.lines) : qsTr("no text"), model.when].filter(part => part).join(" · ")
    readonly property string state_: model.standing === "kept" ? "" : memoryPage.standingWords[model.standing] + (model.reason ? ": " + model.reason : "")
    readonly property string told: [model.name, about, state_].filter(part => part).join(", ")
    signal taken()
    signal optioned()

    objectName: "documentRow"
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
        width: parent.width - x - options.width - Theme.gap
        Words { width: parent.width; text: row.model.name; elide: Text.ElideMiddle; Accessible.ignored: true }
        Note { width: parent.width; text: row.about; Accessible.ignored: true }
        Note { width: parent.width; visible: row.state_ !== ""; text: row.state_; color: Theme.warningInk; Accessible.ignored: true }
    }
    IconButton {
        id: options
        objectName: "documentOptions"
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        iconName: "dots"
        activeFocusOnTab: false
        text: qsTr("What to do with %1").arg(row.model.name)
        onClicked: row.optioned()
    }
    Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: Theme.hairline; color: Theme.borderLight }
}
