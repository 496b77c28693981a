import QtQuick
import "../theme"
import "../controls"
import "../cards"

/* Where a message is written. One line stands between its buttons; more text stands above them. */
FocusScope {
    id: root

    readonly property Item text: message.area

    implicitHeight: column.implicitHeight

    function focusText() {
        message.area.forceActiveFocus(Qt.ShortcutFocusReason)
    }

    /* Sends the project that is attached; the person's own words, when there are some, say what is to be done. */
    function build() {
        if (App.composer.text.trim() === "")
            App.composer.replace(qsTr("Look through this project, build it and run it."))
        App.composer.send()
        focusText()
    }

    /* The words that are there, or will be, are looked up. */
    function search() {
        const words = App.composer.text.trim()
        if (!/^\/search(\s|$)/i.test(words))
            App.composer.replace("/search " + words)
        focusText()
        message.area.cursorPosition = message.area.length
    }

    function addFiles() {
        dialogs.openFiles([])
    }

    Column {
        id: column
        width: parent.width
        spacing: Theme.gap
        QueuedMessages {
            visible: count > 0
            width: parent.width
        }
        Repeater {
            model: App.composer.attachments
            Loader {
                id: project
                required property var model
                width: column.width
                height: item ? item.implicitHeight : 0
                visible: active
                active: model.state === "ready" && model.summary.project === true && App.composer.attachments.single
                sourceComponent: UploadCard {
                    content: ({"name": project.model.name, "summary": project.model.summary})
                    rowKey: ""
                    ready: App.composer.canSend
                    onBuildWanted: root.build()
                }
            }
        }
        Rectangle {
            id: box
            objectName: "composer"

            readonly property real inset: Theme.px(10)
            readonly property real side: inset + Theme.buttonSize + Theme.gap
            readonly property bool pills: App.composer.target !== "" || App.scope.pill !== "" || App.webUse.pill !== ""
            // Measured against the narrow place, so that it cannot turn to and fro between the two.
            readonly property bool expanded: pills || message.area.length > 300
                || message.area.text.indexOf("\n") >= 0
                || metrics.advanceWidth(message.area.text) > width - 2 * side - Theme.padding

            width: parent.width
            height: header.height + (expanded ? message.height + Theme.buttonSize + 2 * inset + Theme.gapSmall
                : Theme.composerHeight)
            radius: Theme.composerRadius
            color: Theme.raised
            Accessible.role: Accessible.Grouping
            Accessible.name: qsTr("New message")
            Behavior on color { ColorAnimation { duration: Theme.colourChange; easing.bezierCurve: Theme.easing } }

            FontMetrics { id: metrics; font: Theme.proseFont }
            Shadow {
                target: box
                radius: box.radius
                blur: Theme.dark ? Theme.px(12) : Theme.px(4)
                lift: Theme.px(4)
                strength: Theme.dark ? 0.1 : 0.04
            }
            Shadow {
                target: box
                visible: !Theme.dark
                radius: box.radius
                blur: 1
                lift: 0
                strength: 0.62
            }
            // What an inner glow of one pixel leaves to see; a border of its own would lie on the page, not on the box.
            Rectangle {
                anchors.fill: parent
                visible: Theme.dark
                radius: parent.radius
                color: Theme.clear
                border.width: Theme.hairline
                border.color: Theme.borderLight
            }
            TapHandler { onTapped: root.focusText() }

            Column {
                id: header
                x: Theme.gapLarge
                width: box.width - 2 * x
                topPadding: visible && chips.count === 0 ? Theme.gap : 0
                spacing: Theme.gap
                visible: chips.count > 0 || notice.visible
                height: visible ? implicitHeight : 0
                ListView {
                    id: chips
                    objectName: "attachments"
                    // The crosses stand out over the chips.
                    readonly property real crossRoom: Theme.gapLarge
                    width: parent.width
                    height: Theme.px(56) + crossRoom
                    visible: count > 0
                    clip: true
                    rightMargin: crossRoom
                    orientation: ListView.Horizontal
                    spacing: Theme.gap
                    model: App.composer.attachments
                    boundsBehavior: Flickable.StopAtBounds
                    keyNavigationEnabled: true
                    Accessible.role: Accessible.List
                    Accessible.name: qsTr("%n attachment(s)", "", count)
                    property int known: 0

                    function slide(distance) {
                        const last = Math.max(originX, originX + contentWidth + rightMargin - width)
                        contentX = Math.max(originX, Math.min(last, contentX + distance))
                    }

                    onCountChanged: {
                        if (count > known)
                            Qt.callLater(positionViewAtEnd)
                        known = count
                    }
                    // Most wheels turn one way only.
                    WheelHandler {
                        acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
                        onWheel: event => chips.slide(-(event.angleDelta.y || event.angleDelta.x))
                    }
                    delegate: Item {
                        id: slot
                        required property int index
                        required property var model
                        readonly property alias chip: chip
                        width: chip.width
                        height: chips.height
                        AttachmentChip {
                            id: chip
                            objectName: "attachmentChip"
                            y: chips.crossRoom
                            index: slot.index
                            model: slot.model
                            onRemoveWanted: box.remove(index)
                            onRetryWanted: {
                                App.composer.attachments.retry(index)
                                root.focusText()
                            }
                            onActiveFocusChanged: if (activeFocus) chips.positionViewAtIndex(index, ListView.Contain)
                        }
                    }
                }
                Flickable {
                    objectName: "attachmentProblems"
                    width: parent.width
                    height: Math.min(contentHeight, Theme.px(76))
                    contentHeight: problems.implicitHeight
                    clip: true
                    boundsBehavior: Flickable.StopAtBounds
                    Column {
                        id: problems
                        width: parent.width
                        spacing: Theme.gap
                        Repeater {
                            model: App.composer.attachments
                            Words {
                                required property var model
                                objectName: "attachmentProblem"
                                visible: model.problem !== ""
                                width: problems.width
                                text: model.problem
                                font: Theme.captionFont
                                color: Theme.errorInk
                                wrapMode: Text.Wrap
                                Accessible.role: Accessible.AlertMessage
                            }
                        }
                    }
                }
                Item {
                    id: notice
                    visible: App.composer.notice !== ""
                    width: parent.width
                    height: Math.max(Theme.smallButton, noticeText.implicitHeight)
                    Words {
                        id: noticeText
                        objectName: "composerNotice"
                        anchors.left: parent.left
                        anchors.right: closeNotice.left
                        anchors.verticalCenter: parent.verticalCenter
                        text: App.composer.notice
                        font: Theme.captionFont
                        color: Theme.warningInk
                        wrapMode: Text.Wrap
                        Accessible.role: Accessible.AlertMessage
                    }
                    IconButton {
                        id: closeNotice
                        anchors.right: parent.right
                        size: Theme.smallButton
                        radius: size / 2
                        iconSize: Theme.iconSmall
                        iconName: "x"
                        text: qsTr("Close this note")
                        onClicked: App.composer.dismissNotice()
                    }
                }
            }
            MessageText {
                id: message
                x: box.expanded ? Theme.px(18) : box.side
                y: header.height + box.inset
                width: box.width - 2 * x
                height: box.expanded ? implicitHeight : Theme.buttonSize
            }
            IconButton {
                id: plus
                objectName: "plusButton"
                anchors.left: parent.left
                anchors.bottom: parent.bottom
                anchors.margins: box.inset
                radius: size / 2
                iconName: "plus"
                text: qsTr("Add files and more")
                checkedLook: menu.visible
                onClicked: menu.open()
            }
            Row {
                anchors.left: plus.right
                anchors.leftMargin: Theme.gapSmall
                anchors.verticalCenter: plus.verticalCenter
                spacing: Theme.gapSmall
                ToolPill {
                    objectName: "targetPill"
                    visible: App.composer.target !== ""
                    iconName: "package"
                    text: menu.targetName(App.composer.target)
                    onClicked: App.composer.target = ""
                }
                ToolPill {
                    objectName: "scopePill"
                    visible: App.scope.pill !== ""
                    iconName: "memory"
                    text: qsTr("Memory: %1").arg(App.scope.pill)
                    onClicked: App.scope.choose("")
                }
                ToolPill {
                    objectName: "webPill"
                    visible: App.webUse.pill !== ""
                    iconName: "globe"
                    text: qsTr("Web search: %1").arg(App.webUse.pill)
                    onClicked: App.webUse.choose("")
                }
            }
            SendButton {
                id: send
                objectName: "sendButton"
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                anchors.margins: box.inset
                visible: !App.composer.busy && !App.composer.sending
                enabled: App.composer.canSend
                text: qsTr("Send")
                shortcut: App.preferences.sendWithCtrl ? "Ctrl+Enter" : "Enter"
                hint: App.composer.empty ? qsTr("The message is empty") : App.composer.sendHint
                onClicked: {
                    App.composer.send()
                    root.focusText()
                }
            }
            SendButton {
                objectName: "stopButton"
                anchors.fill: send
                visible: !send.visible
                iconName: "stop"
                text: qsTr("Stop")
                shortcut: "Esc"
                onClicked: {
                    App.composer.stop()
                    root.focusText()
                }
            }
            function remove(index) {
                App.composer.attachments.remove(index)
                chips.forceLayout()
                const next = chips.itemAtIndex(Math.min(index, chips.count - 1))
                if (next)
                    next.chip.forceActiveFocus(Qt.TabFocusReason)
                else
                    root.focusText()
            }
        }
    }
    PlusMenu {
        id: menu
        parent: plus
        x: mirrored ? plus.width - width : 0
        y: -height - Theme.gapSmall
        onFilesWanted: dialogs.openFiles([])
        onFolderWanted: dialogs.openFolder()
        onZipWanted: dialogs.openFiles([dialogs.zips])
        onSearchWanted: root.search()
    }
    AddDialogs { id: dialogs }
}
