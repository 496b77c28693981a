import QtQuick
import "../theme"
import "../controls"

/* The state of the worst system: a colour, a shape of its own and a word. Grey while nobody knows. */
Item {
    id: light

    readonly property string state_: App.board.worst
    readonly property var look: ({
        "ok": {shape: "light-ok", colour: Theme.green, word: qsTr("All systems work")},
        "degraded": {shape: "light-degraded", colour: Theme.yellow, word: qsTr("A system needs attention")},
        "down": {shape: "light-down", colour: Theme.red, word: qsTr("A system has failed")},
    })[state_] || {shape: "light-unknown", colour: Theme.iconTertiary, word: qsTr("The systems' state is not known yet")}
    readonly property string word: look.word

    objectName: "systemLight"
    implicitWidth: Theme.px(8)
    implicitHeight: Theme.px(8)
    Accessible.role: Accessible.Indicator
    Accessible.name: word
    Icon {
        anchors.centerIn: parent
        name: light.look.shape
        size: Theme.px(8)
        colour: light.look.colour
    }
}
