import QtQuick
import "../theme"
import "../controls"

/* The light of a system: a colour with a shape of its own; `word` says the same. */
Icon {
    id: lamp

    property string light: "unknown"
    readonly property var look: ({
        "ok": {shape: "light-ok", colour: Theme.green, word: qsTr("OK")},
        "normal": {shape: "light-ok", colour: Theme.green, word: qsTr("Normal")},
        "degraded": {shape: "light-degraded", colour: Theme.yellow, word: qsTr("Degraded")},
        "attention": {shape: "light-degraded", colour: Theme.yellow, word: qsTr("Attention")},
        "down": {shape: "light-down", colour: Theme.red, word: qsTr("Failed")},
        "fault": {shape: "light-down", colour: Theme.red, word: qsTr("Fault")},
        "lock": {shape: "light-lock", colour: Theme.red, word: qsTr("Paranoid lock")},
        "testing": {shape: "light-unknown", colour: Theme.blue, word: qsTr("Trying")},
        "off": {shape: "light-unknown", colour: Theme.iconTertiary, word: qsTr("Off")},
    })[light] || {shape: "light-unknown", colour: Theme.iconTertiary, word: qsTr("No data")}
    readonly property string word: look.word

    name: look.shape
    size: Theme.iconTiny
    colour: look.colour
}
