import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* The conversation. Where it is read and which rows have an item is decided by `view` (gui/thread/view.py). */
FocusScope {
    id: root

    property var conversation: App.conversation
    property var view: App.thread
    readonly property real columnWidth: Theme.columnFor(width)
    readonly property bool awake: visible && Qt.application.state === Qt.ApplicationActive
    property string editing: ""
    property int editedTurn: -1
    property string currentKey: ""
    property string currentPart: ""
    property string hoveredPart: ""
    property string selectedPart: ""
    property string foundKey: ""
    property string flashKey: ""
    property bool inside: false
    property bool ready: false
    readonly property alias viewport: page
    readonly property alias shift: sheet.y
    readonly property var fit: [columnWidth, height, letters.width, Theme.zoom]

    function edit(turn) {
        const key = view.requestOf(turn)
        if (key === "")
            return
        editedTurn = turn
        editing = key
        view.show(key, false)
    }

    function stopEditing() {
        editing = ""
        editedTurn = -1
        forceActiveFocus()
    }

    function saveCode(code, language) {
        const file = view.codeFile(code, language)
        if (file)
            App.desktop.saveAs(file, "")
    }

    function openCode(code, language) {
        const file = view.codeFile(code, language)
        if (!file)
            return
        editors.active = true
        editors.item.openFor(file)
    }

    /* Asks who shall answer a question once more. */
    function offerAgain(turn, button) {
        again.active = true
        again.item.offer(turn, button)
    }

    function focusFirst(reason) {
        inside = false
        page.forceActiveFocus(reason)
    }

    /* Brings a row into sight and the keyboard to it. */
    function goTo(key) {
        view.show(key, true)
        walk.goTo(key)
    }

    /* Shows a row somebody looked for, marked for a moment. */
    function flash(key) {
        view.show(key, true)
        flashKey = key
        fading.restart()
        Accessible.announce(qsTr("The line is on screen."))
    }

    function find() {
        findBar.open()
    }

    function scrollBy(distance) {
        glide.by(distance)
    }

    function step(count) {
        currentKey = view.stepFrom(currentKey, currentKey === "" ? 0 : count)
        currentPart = view.partOf(currentKey)
        selectedPart = ""
        inside = false
        if (!activeFocus || Window.activeFocusItem !== page)
            page.forceActiveFocus()
        if (count !== 0)
            view.show(currentKey, false)
    }

    objectName: "thread"
    activeFocusOnTab: false
    onFitChanged: view.resize(columnWidth, height, letters.width / letters.text.length, Theme.zoom)
    Component.onCompleted: {
        view.pad(Theme.gap, Theme.px(32))
        view.resize(columnWidth, height, letters.width / letters.text.length, Theme.zoom)
        ready = true
    }

    TextMetrics {
        id: letters
        font: Theme.proseFont
        text: "the program reads what it needs and writes a table of all the things that were found in it"
    }
    Binding {
        target: root.view
        property: "source"
        when: root.ready  // heights are estimated for a width
        value: root.conversation ?? null
    }
    Binding {
        target: root.view
        property: "loading"
        value: root.conversation?.loading === true
    }
    Connections {
        target: root.conversation ?? null
        ignoreUnknownSignals: true
        function onBusyChanged() {
            root.Accessible.announce(root.conversation.busy ? qsTr("The answer is being written.") : qsTr("The answer is complete."))
        }
    }

    Item {
        id: page
        anchors.fill: parent
        clip: true
        focus: true
        activeFocusOnTab: true
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Conversation")
        Accessible.focusable: true
        Keys.onPressed: event => walk.press(event)
        Keys.onTabPressed: event => walk.tab(event, true)
        Keys.onBacktabPressed: event => walk.tab(event, false)
        onActiveFocusChanged: if (activeFocus && root.currentKey === "") root.step(0)

        Item {
            id: sheet
            x: Math.round((parent.width - root.columnWidth) / 2)
            y: root.view.lift
            width: root.columnWidth
            Repeater {
                id: rows
                model: root.view
                ThreadRow {
                    thread: root
                }
            }
            Rectangle {
                readonly property var extent: visible
                    ? (root.view.position, root.view.total, root.view.extentOf(root.currentKey)) : [0, 0]
                visible: page.activeFocus && root.currentKey !== ""
                x: -Theme.gap
                y: extent[0]
                width: parent.width + 2 * Theme.gap
                height: extent[1]
                radius: Theme.buttonRadius
                color: Theme.clear
                border.width: Theme.focusWidth
                border.color: Theme.focus
            }
        }
        HoverHandler {
            id: pointer
            function look() {
                root.hoveredPart = hovered ? root.view.partAt(point.position.y) : ""
            }
            onHoveredChanged: look()
            onPointChanged: look()
        }
        Connections {
            target: root.view
            enabled: pointer.hovered
            function onMoved() {
                pointer.look()
            }
        }
        DragHandler {
            // Fingers move the page; the mouse selects words.
            property real told: 0
            target: null
            xAxis.enabled: false
            acceptedDevices: PointerDevice.TouchScreen
            onActiveChanged: {
                told = 0
                if (!active)
                    glide.by(-centroid.velocity.y / 5)
            }
            onActiveTranslationChanged: {
                root.view.moveTo(root.view.position - (activeTranslation.y - told))
                told = activeTranslation.y
            }
        }
        WheelHandler {
            acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
            onWheel: event => {
                if (event.pixelDelta.y !== 0)
                    root.view.moveTo(root.view.position - event.pixelDelta.y)
                else
                    glide.by(-event.angleDelta.y / 120 * Theme.px(100))
            }
        }
    }
    // Here and not beside its button: the buttons of a message go when the pointer leaves it.
    Loader {
        id: again
        active: false
        sourceComponent: AgainMenu { conversation: root.conversation }
    }
    Loader {
        id: editors
        active: false
        sourceComponent: EditorMenu {}
    }
    Timer {
        id: fading
        interval: 2500
        onTriggered: root.flashKey = ""
    }
    Glide {
        id: glide
        view: root.view
    }
    Walk {
        id: walk
        thread: root
        page: page
        rows: rows
    }
    Connections {
        target: root.Window.window
        ignoreUnknownSignals: true
        function onActiveFocusItemChanged() {
            walk.follow(root.Window.activeFocusItem)
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        x: sheet.x
        width: sheet.width
        height: Theme.px(20)
        visible: root.view.left > 0
        gradient: Gradient {
            GradientStop { position: 0; color: Theme.alpha(Theme.page, 0) }
            GradientStop { position: 1; color: Theme.page }
        }
    }
    SlimScrollBar {
        id: bar
        orientation: Qt.Vertical
        anchors.right: parent.right
        height: parent.height
        size: root.view.total > 0 ? root.height / root.view.total : 1
        position: root.view.total > 0 ? root.view.position / root.view.total : 0
        onPositionChanged: if (pressed) root.view.moveTo(position * root.view.total)
    }
    IconButton {
        objectName: "jumpDown"
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.padding
        size: Theme.buttonSize
        radius: size / 2
        fill: Theme.page
        iconName: "arrow-down"
        text: qsTr("To the end")
        opacity: !root.view.following && root.view.left > Theme.px(40) ? 1 : 0
        visible: opacity > 0
        onClicked: root.view.toEnd()
        Behavior on opacity { NumberAnimation { duration: Theme.fast } }
        Rectangle {
            anchors.fill: parent
            radius: parent.radius
            color: Theme.clear
            border.width: Theme.hairline
            border.color: Theme.border
        }
    }
    FindBar {
        id: findBar
        thread: root
        visible: false
        anchors.right: parent.right
        anchors.rightMargin: Theme.padding
        y: Theme.gap
    }
    Shortcut {
        sequences: [StandardKey.Find]
        enabled: root.visible
        onActivated: root.find()
    }
    Shortcut {
        sequence: "Alt+Down"
        enabled: root.visible
        onActivated: root.step(1)
    }
    Shortcut {
        sequence: "Alt+Up"
        enabled: root.visible
        onActivated: root.step(-1)
    }
}
