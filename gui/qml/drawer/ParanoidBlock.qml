import QtQuick
import "../theme"
import "../controls"

/* The paranoid tester: its mode, the last audit with its findings, drills, and what waits for a decision. */
Rectangle {
    id: block

    readonly property QtObject tester: App.board.paranoid
    readonly property var severities: ({"critical": "down", "warning": "degraded", "note": "unknown"})
    readonly property var words: ({"critical": qsTr("Critical"), "warning": qsTr("Warning"), "note": qsTr("Note")})
    readonly property var kinds: ({
        "delete": qsTr("Delete"), "overwrite": qsTr("Overwrite"), "outside": qsTr("Write outside the project"),
        "publish": qsTr("Publish"), "download": qsTr("Download"), "money": qsTr("Spend above the limit"),
        "unsandboxed": qsTr("Run unprotected"),
    })

    objectName: "paranoidBlock"
    implicitHeight: column.height + 2 * Theme.padding
    radius: Theme.gapLarge
    color: Theme.dark ? Theme.raised : Theme.sidebar
    border.width: Theme.hairline
    border.color: tester.locked ? Theme.red : Theme.borderLight
    Component.onCompleted: tester.open()

    Column {
        id: column
        x: Theme.padding
        y: Theme.padding
        width: parent.width - 2 * x
        spacing: Theme.gapLarge
        Item {
            width: parent.width
            height: modes.height
            Words {
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - modes.width - Theme.gap
                text: qsTr("Paranoid tester")
                font: Theme.titleFont
                elide: Text.ElideRight
                Accessible.role: Accessible.Heading
            }
            Segmented {
                id: modes
                objectName: "paranoidMode"
                anchors.right: parent.right
                options: [
                    {value: "off", text: qsTr("Off")}, {value: "watch", text: qsTr("Watch")}, {value: "strict", text: qsTr("Strict")},
                ]
                value: block.tester.mode
                onChosen: mode => block.tester.setMode(mode)
            }
        }
        Problem { asking: block.tester.asking }
        Problem { asking: App.tasks.asking }
        Repeater {
            model: block.tester.pending
            PendingAction { kinds: block.kinds }
        }
        Row {
            visible: block.tester.pausedTasks > 0
            spacing: Theme.gapLarge
            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Paused by the guard: %n task(s)", "", block.tester.pausedTasks)
            }
            PillButton {
                objectName: "resumeGuarded"
                text: qsTr("Resume")
                iconName: "play"
                onClicked: resume.open()
            }
        }
        Row {
            spacing: Theme.gapLarge
            Words {
                id: score
                anchors.verticalCenter: parent.verticalCenter
                text: block.tester.score < 0 ? "–" : block.tester.score
                font: Theme.fontOf(28, 600)
                Accessible.name: qsTr("Score %1 of 100").arg(text)
            }
            Column {
                anchors.verticalCenter: parent.verticalCenter
                width: column.width - score.width - Theme.gapLarge
                Note {
                    width: parent.width
                    text: block.tester.inspected === "" ? qsTr("Not inspected since this window was opened")
                        : qsTr("Last audit %1, %n finding(s)", "", block.tester.findings.count).arg(block.tester.inspected)
                }
                Note {
                    width: parent.width
                    visible: block.tester.inspectedNext !== ""
                    text: qsTr("Next audit by %1").arg(block.tester.inspectedNext)
                }
            }
        }
        Flow {
            width: parent.width
            spacing: Theme.gap
            PillButton {
                objectName: "inspectButton"
                text: block.tester.inspecting ? qsTr("Auditing ...") : qsTr("Audit now")
                iconName: "shield"
                enabled: !block.tester.inspecting
                onClicked: block.tester.inspect()
            }
            PillButton {
                objectName: "drillButton"
                text: block.tester.drilling ? qsTr("Simulating: %1").arg(block.tester.drilling) : qsTr("Run what-if simulations")
                iconName: "play"
                enabled: block.tester.drilling === ""
                onClicked: block.tester.drill("all")
            }
        }
        Repeater {
            model: block.tester.findings
            Item {
                id: finding
                required property var model
                width: column.width
                height: told.height
                Lamp { id: mark; y: Theme.px(3); light: block.severities[finding.model.severity] || "unknown" }
                Column {
                    id: told
                    anchors.left: mark.right
                    anchors.leftMargin: Theme.gap
                    anchors.right: parent.right
                    Words { width: parent.width; wrapMode: Text.Wrap; text: (block.words[finding.model.severity] || "") + ": " + finding.model.what }
                    Note { width: parent.width; visible: text !== ""; text: finding.model.action }
                }
            }
        }
        Column {
            width: parent.width
            visible: block.tester.drills.count > 0
            spacing: Theme.gapSmall
            SectionTitle { text: qsTr("What-if simulations") }
            Repeater {
                model: block.tester.drills
                Item {
                    id: drill
                    required property var model
                    readonly property var look: ({
                        "held": {light: "ok", word: qsTr("held")},
                        "broken": {light: "down", word: qsTr("broken")},
                    })[model.state] || {light: "unknown", word: qsTr("not possible here")}
                    width: column.width
                    height: Theme.px(24)
                    Accessible.role: Accessible.StaticText
                    Accessible.name: [model.drill, look.word, model.broken, model.when].join(", ")
                    Lamp { id: sign; anchors.verticalCenter: parent.verticalCenter; light: drill.look.light }
                    Words {
                        anchors.left: sign.right
                        anchors.leftMargin: Theme.gap
                        anchors.right: when.left
                        anchors.verticalCenter: parent.verticalCenter
                        text: drill.model.drill + ": " + drill.look.word + (drill.model.broken ? " (" + drill.model.broken + ")" : "")
                        elide: Text.ElideRight
                        Accessible.ignored: true
                    }
                    Note {
                        id: when
                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        text: drill.model.when
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
    ReasonField {
        id: resume
        title: qsTr("Resume what the guard paused")
        verb: qsTr("Resume")
        onGiven: reason => block.tester.resume(reason)
    }
}
