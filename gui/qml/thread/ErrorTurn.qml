import QtQuick
import "../theme"
import "../controls"

/* An answer that did not come about: what happened, what was tried, what helps. */
Rectangle {
    id: trouble

    required property var content
    required property string rowKey

    objectName: "errorTurn"
    implicitHeight: words.implicitHeight + 2 * Theme.padding
    radius: Theme.cardRadius
    color: Theme.error
    border.width: Theme.hairline
    border.color: Theme.errorBorder
    Accessible.role: Accessible.AlertMessage
    Accessible.name: [content.what ?? content.title ?? "", content.did ?? "", content.next ?? ""].join(" ")
    Column {
        id: words
        x: Theme.padding
        y: Theme.padding
        width: parent.width - 2 * x
        spacing: Theme.gapSmall
        Words {
            width: parent.width
            text: trouble.content.what ?? trouble.content.title ?? ""
            font: Theme.uiMedium
            color: Theme.errorInk
            wrapMode: Text.Wrap
        }
        Words {
            visible: text !== ""
            width: parent.width
            text: [trouble.content.did ?? "", trouble.content.next ?? ""].filter(part => part !== "").join(" ")
            wrapMode: Text.Wrap
        }
    }
}
