import QtQuick
import "../theme"
import "../controls"

/* A state as a glyph and a word, for stages and modules alike; what works is turned by the beat of its timeline. */
Row {
    id: status

    property string standing
    property int beat: 0
    readonly property var looks: ({
        "pending": ["circle", qsTr("waiting")], "waiting": ["circle", qsTr("waiting")],
        "in_progress": ["spinner", qsTr("working")], "running": ["spinner", qsTr("working")],
        "writing": ["spinner", qsTr("writing")], "checking": ["spinner", qsTr("tests")],
        "reviewing": ["eye", qsTr("review")], "fixing": ["retry", qsTr("fixing")],
        "accepted": ["check", qsTr("done")], "completed": ["check", qsTr("done")], "done": ["check", qsTr("done")],
        "kept": ["check", qsTr("unchanged")], "built": ["check", qsTr("built")],
        "interrupted": ["pause", qsTr("interrupted")],
        "stuck": ["alert", qsTr("stuck")], "failed": ["x", qsTr("failed")], "cancelled": ["x", qsTr("cancelled")],
        "paused": ["pause", qsTr("paused")], "waits": ["question", qsTr("waits for you")]
    })
    readonly property var look: looks[standing] || ["circle", App.desktop.oneLine(standing)]
    readonly property string word: look[1]
    readonly property bool works: look[0] === "spinner"
    readonly property color ink: look[0] === "check" ? Theme.greenInk : standing === "failed" ? Theme.errorInk
        : standing === "stuck" || standing === "waits" ? Theme.yellowInk : Theme.textSecondary

    spacing: Theme.px(6)
    Icon {
        name: status.look[0]
        size: Theme.iconSmall
        colour: status.ink
        rotation: status.works && !Theme.reduceMotion ? 45 * (status.beat % 8) : 0
        anchors.verticalCenter: parent.verticalCenter
    }
    Words {
        text: status.word
        font: Theme.captionFont
        color: status.ink
        anchors.verticalCenter: parent.verticalCenter
    }
}
