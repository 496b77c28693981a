import QtQuick
import "../theme"
import "../controls"

/* What leaves this computer, what may be done without asking, and what was allowed so far. */
Item {
    id: page

    objectName: "privacyPage"
    Component.onCompleted: App.consents.load()

    ListView {
        id: list
        objectName: "consentList"
        anchors.fill: parent
        anchors.leftMargin: Theme.gapLarge
        anchors.rightMargin: Theme.gapLarge
        topMargin: Theme.padding
        bottomMargin: Theme.padding
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: App.consents
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Decisions")
        header: Column {
            width: list.width
            Problem { asking: App.engineSettings.asking }
            Repeater {
                model: App.engineSettings
                EngineSetting { visible: model.group === "safety" || model.group === "privacy" }
            }
            DownloadsPart { width: parent.width }
            SectionTitle { text: qsTr("Decisions so far"); topPadding: Theme.padding }
            Note {
                width: parent.width
                bottomPadding: Theme.gap
                text: list.count === 0 ? qsTr("None yet.")
                    : qsTr("Each of these holds for one action or one run; nothing stays allowed after it.")
            }
        }
        footer: Column {
            width: list.width
            topPadding: Theme.gapLarge
            Note {
                objectName: "decisionsLeft"
                visible: list.count >= App.consents.most
                width: parent.width
                text: qsTr("These are the newest %1 decisions. The event log knows older ones.").arg(App.consents.most)
            }
        }
        delegate: Item {
            id: row
            required property var model
            width: ListView.view.width
            height: column.height + 2 * Theme.gap
            Accessible.role: Accessible.ListItem
            Accessible.name: [model.when, model.title, model.decision, model.about].join(", ")
            Column {
                id: column
                y: Theme.gap
                width: parent.width
                Item {
                    width: parent.width
                    height: Theme.uiLine
                    Words { text: row.model.title + ": " + row.model.decision; Accessible.ignored: true }
                    Note { anchors.right: parent.right; text: row.model.when; Accessible.ignored: true }
                }
                Note { width: parent.width; text: [row.model.about, row.model.via].filter(part => part).join(" · "); Accessible.ignored: true }
            }
            Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: Theme.hairline; color: Theme.borderLight }
        }
    }
}
