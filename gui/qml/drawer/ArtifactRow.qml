import QtQuick
import "../theme"
import "../controls"

/* One delivered program. */
Rectangle {
    id: row

    required property var model

    objectName: "artifactRow"
    height: column.height + 2 * Theme.gapLarge
    radius: Theme.gapLarge
    color: Theme.dark ? Theme.raised : Theme.sidebar
    border.width: Theme.hairline
    border.color: Theme.borderLight
    Accessible.role: Accessible.ListItem
    Accessible.name: model.name + ", " + model.when
    Icon {
        anchors.left: parent.left
        anchors.leftMargin: Theme.gapLarge
        y: Theme.px(14)
        name: "package"
        size: Theme.iconLarge
    }
    Column {
        id: column
        anchors.left: parent.left
        anchors.leftMargin: Theme.px(48)
        anchors.right: parent.right
        anchors.rightMargin: Theme.gapLarge
        y: Theme.gapLarge
        spacing: Theme.px(2)
        Words { width: parent.width; text: row.model.name; font: Theme.uiMedium; elide: Text.ElideMiddle; Accessible.ignored: true }
        Note {
            width: parent.width
            text: [row.model.when, row.model.version ? qsTr("version %1").arg(row.model.version) : "", row.model.sha256 ? "SHA-256 " + row.model.sha256.slice(0, 12) : ""].filter(part => part).join(" · ")
        }
        Note { width: parent.width; text: row.model.folder; elide: Text.ElideMiddle; wrapMode: Text.NoWrap }
        Note { visible: row.model.missing; text: qsTr("The file is not there any more."); color: Theme.warningInk }
        Row {
            visible: !row.model.missing
            topPadding: Theme.gapSmall
            spacing: Theme.gap
            PillButton {
                objectName: "openArtifactFolder"
                implicitHeight: Theme.smallButton
                text: qsTr("Open folder")
                Accessible.name: qsTr("Open the folder of %1").arg(row.model.name)
                onClicked: App.desktop.openFolder(row.model.path)
            }
            PillButton {
                objectName: "saveArtifact"
                implicitHeight: Theme.smallButton
                text: qsTr("Save as ...")
                Accessible.name: qsTr("Save %1 as ...").arg(row.model.name)
                onClicked: App.desktop.saveAs(row.model.path, "")
            }
        }
    }
}
