import QtQuick
import "../theme"
import "../controls"

/* Asked once, when the window is closed while something is being worked on. */
Dialog {
    id: dialog

    signal decided(bool keepsWorking)

    function decide(keeps) {
        App.desktop.tray.remember(keeps)
        close()
        decided(keeps)
    }

    objectName: "closeDialog"
    title: qsTr("Go on working when the window is closed?")
    widest: Theme.px(480)
    Words {
        width: parent.width
        text: App.desktop.tray.available
            ? qsTr("A program is still being built. It can go on in the background; an icon beside the clock brings the window back.")
            : qsTr("A program is still being built. It can go on in the background; open MultiCoder again to see it.")
        wrapMode: Text.Wrap
    }
    Words {
        width: parent.width
        text: qsTr("Your answer is remembered. You can change it in the settings.")
        font: Theme.captionFont
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    actions: [
        PillButton {
            kind: "ghost"
            text: qsTr("Cancel")
            onClicked: dialog.close()
        },
        PillButton {
            objectName: "stopWorkingButton"
            text: qsTr("Stop and quit")
            onClicked: dialog.decide(false)
        },
        PillButton {
            objectName: "keepWorkingButton"
            kind: "primary"
            text: qsTr("Go on in the background")
            onClicked: dialog.decide(true)
        }
    ]
}
