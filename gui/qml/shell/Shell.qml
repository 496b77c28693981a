import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"
import "../composer"
import "../drawer"
import "../cards"

/* The whole window below its title bar: which part stands where, and what the parts ask of each other. */
Item {
    id: shell

    readonly property bool narrow: width < Theme.narrowWindow
    readonly property bool sidebarOpen: App.preferences.sidebarOpen
    readonly property string current: App.chats.current
    readonly property bool busy: App.conversation.busy
    property bool leavingForGood: false
    property string begunWith: ""
    readonly property Item thread: area.thread
    readonly property Item composer: area.composer

    function keyText(id) {
        return shortcuts.textOf(id)
    }

    // ---------------------------------------------------------------------------------------- chats
    function newChat() {
        overlay.close()
        App.chats.start()
        focusComposer()
    }
    function newChatOn(shelf) {
        overlay.close()
        App.chats.startOn(shelf)
        focusComposer()
    }
    function askNewShelf(sessionId) {
        newShelf.sessionId = sessionId
        newShelf.open()
    }
    function askRemoveShelf(shelf, name, count) {
        shelfDeletion.shelf = shelf
        shelfDeletion.name = name
        shelfDeletion.count = count
        shelfDeletion.open()
    }
    function openChat(id) {
        overlay.close()
        App.chats.open(id)
        focusComposer()
    }
    /* Opens a chat at a line; the line is shown once its chat is there. */
    function openSpot(spot) {
        overlay.close()
        App.conversation.goTo(spot)
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
    /* From the folded sidebar to the projects in the open one. */
    function showProjects() {
        App.preferences.put("sidebarOpen", true)
        sidebar.focusChats(Qt.TabFocusReason)
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
        drawer.show(tab || "")
    }
    function openTasks() {
        tasks.open()
    }
    function focusComposer() {
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

    // ---------------------------------------------------------------------------------------- the end
    /* Whether the window may close now; work that goes on is asked about once. */
    function mayClose() {
        const working = App.tasks.running > 0
        const meant = leavingForGood ? "quit" : App.desktop.tray.whenClosing(working)
        if (meant === "ask")
            closing.open()
        else if (meant === "hide")
            stayBehind()
        else if (working && !leavingForGood)
            stopAndLeave()
        else
            Qt.callLater(Qt.quit)
        return meant === "quit" && (leavingForGood || !working)
    }
    function stopAndLeave() {
        App.about.stopEngine()
        lastWords.start()
    }
    /* The engine works on by itself; where there is no icon to come back by, the window need not wait for it. */
    function stayBehind() {
        App.desktop.tray.show()
        if (App.desktop.tray.shown)
            shell.Window.window.hide()
        else
            leave()
    }
    function leave() {
        leavingForGood = true
        shell.Window.window.close()
    }
    function comeBack() {
        shell.Window.window.show()
        shell.Window.window.raise()
        shell.Window.window.requestActivate()
    }

    // ---------------------------------------------------------------------------------------- thread and composer
    function begin(id, words) {
        // What the person wrote stays; only what another idea put there gives way.
        if (App.composer.text.trim() === "" || App.composer.text === begunWith)
            App.composer.replace(words)
        begunWith = words
        focusComposer()
        if (id === "review")
            composer.addFiles()
    }
    function showRun() {
        thread.goTo(App.conversation.progress.rowKey || "")
    }
    function findInChat() {
        if (!area.empty)
            thread.find()
    }
    function copyLast(what) {
        const turn = App.lately.answer()
        if (what === "code" && App.lately.copyCode() || what === "answer" && turn >= 0) {
            if (what === "answer")
                App.conversation.copyTurn(turn)
            App.toasts.show(qsTr("Copied"), "success")
        }
    }
    function addFiles() {
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
    NewShelfDialog { id: newShelf }
    DeleteShelfDialog { id: shelfDeletion }
    LinkDialog { id: leaving }
    SourceDialog {}
    VersionsDialog {}
    CloseDialog {
        id: closing
        onDecided: keepsWorking => keepsWorking ? shell.stayBehind() : shell.stopAndLeave()
    }
    // The engine is told before the window is gone.
    Timer {
        id: lastWords
        interval: 500
        onTriggered: shell.leave()
    }
    TasksPopover {
        id: tasks
        parent: area
        x: area.LayoutMirroring.enabled ? Theme.gap : area.width - width - Theme.gap
        y: Theme.headerHeight
    }
    Connections {
        target: App.desktop.tray
        function onShowWanted() {
            shell.comeBack()
        }
        function onQuitWanted() {
            shell.stopAndLeave()
        }
    }
    Connections {
        target: App.links
        function onAsked(address, host) {
            leaving.address = address
            leaving.host = host
            leaving.open()
        }
    }
    Connections {
        target: App.providers.signIn
        function onLeaving(address) {
            App.desktop.openLink(address)
        }
    }
    Connections {
        target: App.conversation
        function onArrived(rowKey) {
            App.thread.show(rowKey, true)
        }
        function onSought(rowKey) {
            shell.thread.flash(rowKey)
        }
        function onDecided() {
            App.thread.toEnd()
        }
    }
    Connections {
        target: App.composer
        function onLastMessageWanted() {
            const turn = shell.busy ? -1 : App.lately.request()
            if (turn >= 0)
                shell.thread.edit(turn)
        }
    }
    Connections {
        target: App.chats
        function onCurrentChanged() {
            App.team.show(shell.current)
            App.scope.show(shell.current)
            App.webUse.show(shell.current)
            App.memory.showPinned(shell.current)
        }
    }
    Connections {
        target: App.chats.shelves
        function onCreated(shelf, sessionId) {
            if (sessionId === "")
                shell.newChatOn(shelf)
        }
    }
    Shortcuts {
        id: shortcuts
        shell: shell
    }
    Drawer {
        id: drawer
        anchors.fill: parent
        z: 5
    }
    DropOverlay {
        memory: drawer.memoryPage
        z: 8
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
