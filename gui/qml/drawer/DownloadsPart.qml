import QtQuick
import "../theme"
import "../controls"

/* Repositories that were allowed or refused to be downloaded; what is still allowed can be taken back. */
Column {
    id: part

    readonly property var model: App.downloads

    objectName: "downloadsPart"
    Component.onCompleted: model.load()
    SectionTitle { text: qsTr("Downloads"); topPadding: Theme.padding }
    Problem { asking: part.model.asking }
    Note {
        width: parent.width
        bottomPadding: Theme.gap
        text: part.model.count === 0 ? qsTr("Nothing was asked for yet. Each repository is asked about before it is downloaded.")
            : qsTr("A permission holds for one repository at one commit, in the run it was given for.")
    }
    Repeater {
        model: part.model
        Item {
            id: row
            required property var model
            objectName: "downloadRow"
            width: part.width
            height: column.height + 2 * Theme.gap
            Accessible.role: Accessible.ListItem
            Accessible.name: [model.title, model.about, model.reason].filter(text => text).join(", ")
            Column {
                id: column
                y: Theme.gap
                width: parent.width - (revoke.visible ? revoke.width + Theme.gap : 0)
                Words { width: parent.width; text: row.model.title; elide: Text.ElideMiddle; Accessible.ignored: true }
                Note { width: parent.width; text: row.model.about; Accessible.ignored: true }
                Note { width: parent.width; visible: text !== ""; text: row.model.reason; Accessible.ignored: true }
            }
            PillButton {
                id: revoke
                objectName: "revokeButton"
                visible: row.model.revocable
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Take back")
                Accessible.name: qsTr("Take back the permission for %1").arg(row.model.title)
                onClicked: {
                    reason.consent = row.model.consent
                    reason.question = qsTr("Nothing more is downloaded from %1 under this permission. What came stays.").arg(row.model.title)
                    reason.open()
                }
            }
            Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: Theme.hairline; color: Theme.borderLight }
        }
    }
    Row {
        visible: part.model.count < part.model.known
        topPadding: Theme.gap
        spacing: Theme.gap
        PillButton {
            id: more
            objectName: "moreDownloads"
            text: qsTr("Show more")
            onClicked: part.model.more()
        }
        Note {
            objectName: "downloadsShown"
            anchors.verticalCenter: more.verticalCenter
            text: qsTr("%1 of %2").arg(part.model.count).arg(part.model.total)
        }
    }
    Note {
        objectName: "downloadsLeft"
        visible: part.model.known < part.model.total && part.model.count >= part.model.known
        width: parent.width
        topPadding: Theme.gap
        text: qsTr("These are the newest %1 of %2. The event log knows the others.").arg(part.model.known).arg(part.model.total)
    }
    ReasonField {
        id: reason
        property string consent
        title: qsTr("Take back this permission?")
        verb: qsTr("Take back")
        onGiven: reason => part.model.revoke(consent, reason)
    }
}
