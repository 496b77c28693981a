import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* The whole window below its title bar: which part stands where, and what the parts ask of each other. */
Item {
    id: shell

    readonly property bool narrow: width < Theme.narrowWindow
    readonly property bool sidebarOpen: App.preferences.sidebarOpen
    readonly property string current: App.chats ? App.chats.current : ""
    readonly property bool busy: App.conversation ? App.conversation.busy : false
    readonly property Item thread: area.thread
    readonly property Item composer: area.composer
    property Item drawer: null

    /* Calls a function of a part, if that part is there and has it. */
    function ask(part, name, ...values) {
        return part && typeof part[name] === "function" ? part[name](...values) : undefined
    }
    function keyText(id) {
        return shortcuts.textOf(id)
    }

    // ---------------------------------------------------------------------------------------- chats
    function newChat() {
        overlay.close()
        if (App.chats)
            App.chats.start()
        focusComposer()
    }
    function openChat(id) {
        overlay.close()
        if (App.chats)
            App.chats.open(id)
        focusComposer()
    }
    function askDelete(id, title) {
        deletion.sessionId = id
        deletion.chatTitle = title
        deletion.open()
    }
    function deleteCurrent() {
        if (current !== "")
            askDelete(current, App.chats.currentTitle)
    }
    function askRename() {
        rename.sessionId = current
        rename.chatTitle = App.chats.currentTitle
        rename.open()
    }
    function archiveCurrent() {
        App.chats.archive(current, true)
        newChat()
    }

    // ---------------------------------------------------------------------------------------- parts
    function toggleSidebar() {
        if (!narrow)
            App.preferences.put("sidebarOpen", !sidebarOpen)
        else if (overlay.opened)
            overlay.close()
        else
            overlay.open()
    }
    function openSearch() {
        overlay.close()
        search.open()
    }
    function openShortcuts() {
        keysDialog.open()
    }
    function openDrawer(tab) {
        overlay.close()
        ask(drawer, "show", tab || "")
    }
    function openTasks() {
        openDrawer("system")
    }
    function focusComposer() {
        if (composer)
            composer.focusText()
    }
    function cycle(step) {
        const parts = [narrow ? null : sidebar, area.header, thread, composer].filter(part => part && part.visible)
        let at = parts.findIndex(part => contains_(part, shell.Window.activeFocusItem))
        at = at < 0 ? (step > 0 ? 0 : parts.length - 1) : (at + step + parts.length) % parts.length
        if (typeof parts[at].focusFirst === "function")
            parts[at].focusFirst(Qt.TabFocusReason)
        else
            parts[at].forceActiveFocus(Qt.TabFocusReason)
    }
    function contains_(part, item) {
        for (let at = item; at; at = at.parent)
            if (at === part)
                return true
        return false
    }

    // ---------------------------------------------------------------------------------------- thread and composer
    function begin(id, words) {
        if (!App.composer)
            return
        App.composer.replace(words)
        focusComposer()
        if (id === "review")
            composer.addFiles()
    }
    function showRun() {
        App.thread.show(App.lately.runKey(), true)
    }
    function findInChat() {
        if (!area.empty)
            thread.find()
    }
    function copyLast(what) {
        const turn = App.lately ? App.lately.answer() : -1
        if (what === "code" && App.lately && App.lately.copyCode() || what === "answer" && turn >= 0) {
            if (what === "answer")
                App.conversation.copyTurn(turn)
            App.toasts.show(qsTr("Copied"), "success")
        }
    }
    function addFiles() {
        if (composer)
            composer.addFiles()
    }

    Keys.onEscapePressed: event => {
        event.accepted = busy
        if (busy)
            App.conversation.stop()
    }

    Sidebar {
        id: sidebar
        visible: !shell.narrow
        shell: shell
        open: shell.sidebarOpen
        anchors.left: parent.left
        height: parent.height
        z: 1
    }
    MainArea {
        id: area
        objectName: "mainArea"
        shell: shell
        anchors.left: shell.narrow ? parent.left : sidebar.right
        anchors.right: parent.right
        height: parent.height
    }
    SidebarOverlay {
        id: overlay
        shell: shell
    }
    SearchDialog {
        id: search
        shell: shell
    }
    ShortcutsDialog {
        id: keysDialog
        shortcuts: shortcuts
    }
    DeleteDialog { id: deletion }
    RenameDialog { id: rename }
    LinkDialog { id: leaving }
    Connections {
        target: App.links
        function onAsked(address, host) {
            leaving.address = address
            leaving.host = host
            leaving.open()
        }
    }
    Connections {
        target: App.chats ? App.chats : null
        ignoreUnknownSignals: true
        function onCurrentChanged() {
            App.team.show(shell.current)
        }
    }
    Shortcuts {
        id: shortcuts
        shell: shell
    }
    Toasts {
        anchors.top: parent.top
        anchors.topMargin: Theme.padding
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(parent.width - 2 * Theme.padding, Theme.px(640))
        z: 10
    }
    Welcome {
        id: welcome
        shell: shell
    }
    onNarrowChanged: overlay.close()
    Component.onCompleted: {
        focusComposer()
        if (!App.preferences.welcomed)
            welcome.open()
    }
}
