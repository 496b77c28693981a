import QtQuick
import "../theme"
import "../controls"
import "../cards"
import "../composer"
import "../thread"

/* Everything right of the sidebar: header, thread, composer. In an empty chat the composer stands in the middle. */
Item {
    id: area

    required property Item shell
    readonly property bool empty: App.conversation.empty && !App.conversation.busy && !App.conversation.loading
    readonly property real column: Theme.columnFor(width)
    readonly property real middle: Math.round(Math.max(Theme.px(150), (height - Theme.composerHeight) / 2 - Theme.px(8)))
    property alias header: header
    property alias thread: thread
    property alias composer: composer

    clip: true
    Rectangle {
        anchors.fill: parent
        color: Theme.page
    }
    Thread {
        id: thread
        anchors.top: stateLine.visible ? stateLine.bottom : header.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: dock.top
        visible: !area.empty
    }
    Header {
        id: header
        shell: area.shell
        anchors.top: parent.top
        anchors.left: parent.left
        anchors.right: parent.right
        z: 2
    }
    StateLine {
        id: stateLine
        anchors.top: header.bottom
        anchors.topMargin: Theme.gapSmall
        anchors.horizontalCenter: parent.horizontalCenter
        width: area.column
        z: 2
    }
    Words {
        id: heading
        objectName: "emptyHeading"
        anchors.bottom: dock.top
        anchors.bottomMargin: Theme.px(28)
        anchors.horizontalCenter: parent.horizontalCenter
        width: area.column
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        lineHeightMode: Text.FixedHeight
        lineHeight: Theme.px(34)
        text: qsTr("What shall we build?")
        font: Theme.headingFont
        visible: opacity > 0
        opacity: area.empty ? 1 : 0
        Accessible.role: Accessible.Heading
        Behavior on opacity { NumberAnimation { duration: Theme.fast } }
    }
    Row {
        id: place
        objectName: "emptyShelf"
        anchors.bottom: heading.top
        anchors.bottomMargin: Theme.gap
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: Theme.gap
        visible: heading.visible && App.chats.currentShelf !== ""
        opacity: heading.opacity
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "folder"
            colour: Theme.iconSecondary
        }
        Words {
            width: Math.min(implicitWidth, area.column - Theme.px(40))
            text: App.chats.currentShelfName
            elide: Text.ElideRight
            color: Theme.textSecondary
            Accessible.name: qsTr("Project %1").arg(text)
        }
    }
    Item {
        id: dock
        objectName: "composerDock"
        anchors.horizontalCenter: parent.horizontalCenter
        width: area.column
        height: Math.max(Theme.composerHeight, stack.implicitHeight)
        y: area.empty ? Math.min(area.middle, lowest) : lowest
        readonly property real lowest: area.height - height - footer.height
        // Only the first message moves it; a window that is resized takes it along at once.
        property bool moving: false
        Behavior on y {
            enabled: dock.moving && Theme.move > 0
            SequentialAnimation {
                NumberAnimation { duration: Theme.move; easing.type: Easing.InOutCubic }
                ScriptAction { script: dock.moving = false }
            }
        }
        Column {
            id: stack
            width: parent.width
            spacing: Theme.gap
            VaultBar { width: parent.width }
            PendingBar {
                width: parent.width
                content: rowKey !== "" ? App.lately.contentOf(rowKey) : ({})
                onWanted: rowKey => thread.goTo(rowKey)
            }
            ComposerBox {
                id: composer
                width: parent.width
            }
        }
    }
    Starters {
        id: starters
        objectName: "starters"
        anchors.top: dock.bottom
        anchors.topMargin: Theme.padding
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(natural, area.column)
        visible: opacity > 0 && y + height <= footer.y
        enabled: area.empty
        opacity: area.empty ? 1 : 0
        onChosen: (id, words) => area.shell.begin(id, words)
        Behavior on opacity { NumberAnimation { duration: Theme.fast } }
    }
    Unfinished {
        objectName: "unfinished"
        shell: area.shell
        anchors.top: starters.visible ? starters.bottom : dock.bottom
        anchors.topMargin: Theme.padding
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(area.column, Theme.px(560))
        visible: area.empty && y + height <= footer.y
    }
    Item {
        id: footer
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        height: Theme.px(32)
        Words {
            objectName: "disclaimer"
            anchors.centerIn: parent
            width: Math.min(implicitWidth, area.width - 2 * Theme.marginBase)
            text: qsTr("Models make mistakes. What was really tested stands beside every program.")
            font: Theme.captionFont
            color: Theme.dark ? Theme.textTertiary : Theme.textSecondary
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            maximumLineCount: 2
            elide: Text.ElideRight
        }
    }
    onEmptyChanged: dock.moving = !empty && App.conversation.busy
}
