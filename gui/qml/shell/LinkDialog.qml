import QtQuick
import "../theme"
import "../controls"

/* Asks before the browser is opened at a place nobody has allowed yet, and shows the whole address. */
Dialog {
    id: dialog

    property string address
    property string host

    objectName: "linkDialog"
    title: qsTr("Leave the program?")
    widest: Theme.px(520)
    Words {
        width: parent.width
        wrapMode: Text.Wrap
        text: qsTr("This link opens in your browser. It came with a message, so look where it leads:")
    }
    Rectangle {
        width: parent.width
        height: where.height + 2 * Theme.gapLarge
        radius: Theme.rowRadius
        color: Theme.tertiary
        Words {
            id: where
            objectName: "linkAddress"
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.margins: Theme.gapLarge
            anchors.verticalCenter: parent.verticalCenter
            text: dialog.address
            font: Theme.logFont
            wrapMode: Text.WrapAnywhere
            maximumLineCount: 8
            elide: Text.ElideRight
        }
    }
    Row {
        width: parent.width
        spacing: Theme.gap
        Toggle {
            id: trust
            objectName: "linkTrust"
            text: qsTr("Do not ask again for %1").arg(dialog.host)
            anchors.verticalCenter: parent.verticalCenter
        }
        Words {
            width: parent.width - trust.width - parent.spacing
            anchors.verticalCenter: parent.verticalCenter
            text: trust.text
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
    }
    onAboutToShow: trust.checked = false
    actions: [
        PillButton {
            text: qsTr("Copy the address")
            onClicked: {
                App.links.copy(dialog.address)
                dialog.close()
            }
        },
        PillButton {
            text: qsTr("Cancel")
            onClicked: dialog.close()
        },
        PillButton {
            objectName: "linkOpen"
            kind: "primary"
            text: qsTr("Open")
            onClicked: {
                App.links.open(dialog.address, trust.checked)
                dialog.close()
            }
        }
    ]
}
