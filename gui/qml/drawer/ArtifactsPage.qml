import QtQuick
import "../theme"
import "../controls"

/* Programs that were delivered, and what runs may use. */
Item {
    id: page

    objectName: "artifactsPage"
    Component.onCompleted: App.artifacts.load()

    ListView {
        id: list
        objectName: "artifactList"
        anchors.fill: parent
        anchors.leftMargin: Theme.gapLarge
        anchors.rightMargin: Theme.gapLarge
        topMargin: Theme.padding
        bottomMargin: Theme.padding
        clip: true
        spacing: Theme.gap
        boundsBehavior: Flickable.StopAtBounds
        model: App.artifacts
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Delivered programs")
        header: Column {
            width: list.width
            bottomPadding: Theme.gap
            Note {
                width: parent.width
                visible: list.count === 0
                text: qsTr("Nothing was delivered yet. What is built in a chat is listed here.")
            }
        }
        delegate: ArtifactRow { width: list.width }
        footer: Column {
            width: list.width
            SectionTitle { text: qsTr("Limits of a run"); topPadding: Theme.padding }
            Problem { asking: App.engineSettings.asking }
            Repeater {
                model: App.engineSettings
                EngineSetting { visible: model.group === "limits" || model.group === "work" }
            }
        }
    }
}
