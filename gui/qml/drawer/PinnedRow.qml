import QtQuick
import "../theme"
import "../controls"

/* One rule or decision of a chat: its words, whether it holds, why, and the lines it stands in. */
Item {
    id: row

    required property var model
    readonly property bool retracted: model.state === "retracted"
    readonly property var stateWords: ({"active": qsTr("holds"), "retracted": qsTr("taken back"), "contradictory": qsTr("contradicts another one")})

    objectName: "pinnedRow"
    height: visible ? column.height : 0
    Accessible.role: Accessible.ListItem
    Accessible.name: [model.text, stateWords[model.state] || model.state, model.why].filter(part => part).join(", ")
    Icon {
        y: (Theme.uiLine - height) / 2
        name: row.retracted ? "x" : "pin"
        size: Theme.iconSmall
        colour: Theme.iconSecondary
    }
    Column {
        id: column
        x: Theme.iconSmall + Theme.gap
        width: parent.width - x
        spacing: Theme.px(2)
        Words {
            width: parent.width
            text: row.model.text
            wrapMode: Text.Wrap
            color: row.retracted ? Theme.textSecondary : Theme.text
            maximumLineCount: 6
            elide: Text.ElideRight
            Accessible.ignored: true
        }
        Note {
            width: parent.width
            text: [row.stateWords[row.model.state] || row.model.state, row.model.why].filter(part => part).join(" · ")
            Accessible.ignored: true
        }
        Flow {
            width: parent.width
            spacing: Theme.gapSmall
            Repeater {
                model: row.model.places
                Chip {
                    required property string modelData
                    objectName: "pinnedPlace"
                    implicitHeight: Theme.smallButton
                    text: modelData.split(":")[1] || modelData
                    Accessible.name: qsTr("Open the source, %1").arg(modelData)
                    onClicked: App.sources.open(modelData)
                }
            }
        }
    }
}
