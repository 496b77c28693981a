import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* A document of the memory, to be read at the lines that were cited. Its words are shown as they are, never as markup. */
Basic.Popup {
    id: dialog

    readonly property var source: App.sources
    readonly property real numbers: digits.advanceWidth(String(source.lines.count)) + 2 * Theme.gap

    function go() {
        list.currentIndex = source.first - 1
        list.positionViewAtIndex(source.first - 1, ListView.Center)
    }

    objectName: "sourceDialog"
    parent: Basic.Overlay.overlay
    anchors.centerIn: parent
    width: Math.min(Theme.px(860), parent ? parent.width - 2 * Theme.marginBase : Theme.px(860))
    height: parent ? Math.min(Theme.px(720), parent.height - 2 * Theme.px(40)) : Theme.px(720)
    modal: true
    focus: true
    padding: 0
    closePolicy: Basic.Popup.CloseOnEscape | Basic.Popup.CloseOnPressOutside
    Basic.Overlay.modal: Rectangle { color: Theme.scrim }
    enter: Transition { NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.fast } }
    exit: Transition { NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Theme.fast } }
    background: Rectangle {
        color: Theme.raised
        radius: Theme.cardRadius
        border.width: Theme.hairline
        border.color: Theme.borderLight
    }
    onOpened: {
        list.forceActiveFocus()
        Qt.callLater(go)
    }
    Connections {
        target: App.sources
        function onOpened() {
            if (dialog.opened)
                Qt.callLater(dialog.go)
            else
                dialog.open()
        }
    }
    FontMetrics {
        id: digits
        font: Theme.logFont
    }
    contentItem: Item {
        Accessible.role: Accessible.Dialog
        Accessible.name: dialog.source.name
        Item {
            id: top
            width: parent.width
            height: Theme.px(64)
            Column {
                anchors.left: parent.left
                anchors.leftMargin: Theme.px(24)
                anchors.right: closer.left
                anchors.rightMargin: Theme.gap
                anchors.verticalCenter: parent.verticalCenter
                Words {
                    objectName: "sourceName"
                    width: parent.width
                    text: dialog.source.name
                    font: Theme.titleFont
                    elide: Text.ElideMiddle
                    Accessible.role: Accessible.Heading
                }
                Words {
                    objectName: "sourceLines"
                    width: parent.width
                    text: dialog.source.first === dialog.source.last
                        ? qsTr("Line %1 of %2").arg(dialog.source.first).arg(dialog.source.lines.count)
                        : qsTr("Lines %1 to %2 of %3").arg(dialog.source.first).arg(dialog.source.last).arg(dialog.source.lines.count)
                    font: Theme.captionFont
                    color: Theme.textSecondary
                }
            }
            IconButton {
                id: closer
                objectName: "sourceClose"
                anchors.right: parent.right
                anchors.rightMargin: Theme.padding
                anchors.verticalCenter: parent.verticalCenter
                iconName: "x"
                text: qsTr("Close")
                shortcut: "Esc"
                onClicked: dialog.close()
            }
        }
        Flow {
            id: linked
            anchors.top: top.bottom
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: Theme.px(24)
            anchors.rightMargin: Theme.px(24)
            anchors.bottomMargin: Theme.gap
            bottomPadding: visible ? Theme.gap : 0
            height: visible ? implicitHeight : 0
            spacing: Theme.gapSmall
            visible: dialog.source.linked.length > 0
            Repeater {
                model: dialog.source.linked
                Chip {
                    required property var modelData
                    objectName: "sourceLinked"
                    width: Math.min(implicitWidth, linked.width)
                    enabled: modelData.document !== ""
                    iconName: enabled ? "file" : "branch"
                    text: modelData.words
                    onClicked: dialog.source.openAll(modelData.document)
                }
            }
        }
        Rectangle {
            id: frame
            anchors.top: linked.bottom
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.margins: Theme.padding
            anchors.topMargin: 0
            radius: Theme.rowRadius
            color: Theme.code
            border.width: list.activeFocus ? Theme.focusWidth : Theme.hairline
            border.color: list.activeFocus ? Theme.focus : Theme.borderLight
            ListView {
                id: list
                objectName: "sourceList"
                anchors.fill: parent
                anchors.margins: Theme.gapSmall
                clip: true
                reuseItems: true
                activeFocusOnTab: true
                keyNavigationEnabled: true
                highlightMoveDuration: 0
                boundsBehavior: Flickable.StopAtBounds
                model: dialog.source.lines
                Basic.ScrollBar.vertical: SlimScrollBar {}
                LayoutMirroring.enabled: false
                LayoutMirroring.childrenInherit: true
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Lines of %1").arg(dialog.source.name)
                Keys.onPressed: event => {
                    const page = Math.max(1, Math.floor(height / Theme.px(20)) - 1)
                    const step = ({[Qt.Key_PageDown]: page, [Qt.Key_PageUp]: -page})[event.key]
                    event.accepted = true
                    if (step)
                        currentIndex = Math.max(0, Math.min(count - 1, currentIndex + step))
                    else if (event.key === Qt.Key_Home)
                        currentIndex = 0
                    else if (event.key === Qt.Key_End)
                        currentIndex = count - 1
                    else
                        event.accepted = false
                }
                delegate: Rectangle {
                    id: line
                    required property int number
                    required property string words
                    required property bool known
                    required property bool marked
                    required property bool more
                    objectName: "sourceLine"
                    width: list.width
                    height: text.height + Theme.px(2)
                    color: marked ? Theme.selection : Theme.clear
                    Accessible.role: Accessible.ListItem
                    Accessible.name: qsTr("Line %1: %2").arg(number).arg(words)
                    Text {
                        width: dialog.numbers - Theme.gap
                        horizontalAlignment: Text.AlignRight
                        text: line.number
                        textFormat: Text.PlainText
                        font: Theme.logFont
                        color: Theme.textSecondary
                        Accessible.ignored: true
                    }
                    Text {
                        id: text
                        x: dialog.numbers + Theme.gapSmall
                        width: parent.width - x - Theme.gapLarge
                        text: line.known ? line.words + (line.more ? " …" : "") : ""
                        textFormat: Text.PlainText
                        font: Theme.logFont
                        color: Theme.text
                        wrapMode: Text.Wrap
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
}
