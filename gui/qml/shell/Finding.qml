import QtQuick
import "../theme"
import "../controls"

/* One line of an examination: a light, what was found, and what helps. */
Item {
    id: finding

    property bool busy: false
    property string mark: "light-ok"
    property color colour: Theme.green
    property string title
    property string advice

    implicitHeight: texts.implicitHeight
    Spinner {
        visible: finding.busy
        running: visible
        anchors.horizontalCenter: light.horizontalCenter
        anchors.verticalCenter: light.verticalCenter
        size: Theme.iconSmall
    }
    Icon {
        id: light
        anchors.left: parent.left
        anchors.leftMargin: Theme.px(3)
        y: (Theme.uiLine - height) / 2
        opacity: finding.busy ? 0 : 1
        name: finding.mark
        size: Theme.px(10)
        colour: finding.colour
    }
    Column {
        id: texts
        anchors.left: light.right
        anchors.leftMargin: Theme.gapLarge
        anchors.right: parent.right
        spacing: Theme.px(2)
        Words {
            width: parent.width
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignLeft
            text: finding.title
            maximumLineCount: 3
            elide: Text.ElideRight
        }
        Words {
            visible: finding.advice !== ""
            width: parent.width
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignLeft
            text: finding.advice
            font: Theme.captionFont
            color: Theme.textSecondary
        }
    }
}
