import QtQuick
import "../theme"
import "../controls"

/* One click instead of a key that is copied: the browser asks, and the key comes by itself. */
Column {
    id: box

    property string preset: "openrouter"
    property string maker: "OpenRouter"
    readonly property var signIn: App.providers.signIn
    property real buttonHeight: Theme.buttonSize

    spacing: Theme.gap
    PillButton {
        objectName: "signIn"
        visible: !box.signIn.busy
        width: parent.width
        implicitHeight: box.buttonHeight
        kind: "primary"
        iconName: "globe"
        text: qsTr("Sign in with %1").arg(box.maker)
        onClicked: box.signIn.begin(box.preset)
    }
    Notice {
        objectName: "signInWaits"
        visible: box.signIn.busy
        iconName: "globe"
        text: qsTr("Your browser asks whether MultiCoder may use your account. This goes on by itself as soon as you have agreed there.")
        PillButton { objectName: "signInAgain"; implicitHeight: Theme.smallButton; text: qsTr("Show the page again"); onClicked: box.signIn.open() }
        PillButton { objectName: "signInCancel"; implicitHeight: Theme.smallButton; kind: "ghost"; text: qsTr("Cancel"); onClicked: box.signIn.cancel() }
    }
    Notice {
        objectName: "signInFailed"
        visible: !box.signIn.busy && box.signIn.problem !== ""
        kind: "error"
        text: box.signIn.problem
    }
}
