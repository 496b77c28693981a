import QtQuick

/*
    The thread for the keyboard: one stop of Tab. Arrows go from one speaker's part to the next, Enter goes inside
    a part, where Tab goes round its controls, and Esc comes back.
*/
QtObject {
    id: walk

    required property Item thread
    required property Item page
    required property Repeater rows
    property bool byKeyboard: false

    function press(event) {
        const view = thread.view
        const typing = walk.typing()
        event.accepted = true
        if (event.key === Qt.Key_Escape && page.Window.activeFocusItem !== page)
            leave()
        else if (typing)
            event.accepted = false
        else if (event.key === Qt.Key_Down || event.key === Qt.Key_Up)
            thread.step(event.key === Qt.Key_Down ? 1 : -1)
        else if (event.key === Qt.Key_PageDown || event.key === Qt.Key_PageUp)
            thread.scrollBy((event.key === Qt.Key_PageDown ? 0.9 : -0.9) * thread.height)
        else if (event.key === Qt.Key_Space)
            thread.scrollBy((event.modifiers & Qt.ShiftModifier ? -0.9 : 0.9) * thread.height)
        else if (event.key === Qt.Key_Home)
            view.moveTo(0)
        else if (event.key === Qt.Key_End)
            view.toEnd()
        else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && !thread.inside)
            enter()
        else if (event.matches(StandardKey.SelectAll) && thread.currentPart !== "")
            thread.selectedPart = thread.currentPart
        else if (event.matches(StandardKey.Copy) && thread.currentPart !== "")
            thread.conversation.copyTurn(parseInt(thread.currentPart))
        else
            event.accepted = false
        byKeyboard = byKeyboard || event.accepted
    }

    function typing() {
        const item = page.Window.activeFocusItem
        return item !== null && item.cursorPosition !== undefined && item.readOnly !== true
    }

    function enter() {
        const stops = controls()
        if (stops.length === 0)
            return
        thread.inside = true
        stops[0].forceActiveFocus(Qt.TabFocusReason)
    }

    function leave() {
        thread.inside = false
        page.forceActiveFocus(Qt.OtherFocusReason)
    }

    /* Tab goes round the controls of a part; from the thread as a whole it goes on to what is after it. */
    function tab(event, forward) {
        byKeyboard = true
        const stops = thread.inside ? controls() : []
        const at = stops.indexOf(page.Window.activeFocusItem)
        event.accepted = true
        if (at >= 0) {
            stops[(at + (forward ? 1 : -1) + stops.length) % stops.length].forceActiveFocus(forward ? Qt.TabFocusReason : Qt.BacktabFocusReason)
            return
        }
        let next = page
        for (let turns = 0; turns < 2000; ++turns) {
            next = next.nextItemInFocusChain(forward)
            if (!next || !holds(page, next))
                break
        }
        if (next)
            next.forceActiveFocus(forward ? Qt.TabFocusReason : Qt.BacktabFocusReason)
    }

    /* What got the focus: Tab from elsewhere lands on the thread as a whole, never somewhere inside it. */
    function follow(item) {
        if (!item || item === page || !holds(page, item)) {
            if (item !== page)
                thread.inside = false
            return
        }
        if (thread.inside)
            return
        if (item.focusReason === Qt.TabFocusReason || item.focusReason === Qt.BacktabFocusReason) {
            byKeyboard = true
            page.forceActiveFocus(item.focusReason)
        } else {
            const row = rowOf(item)
            thread.inside = true
            if (row) {
                thread.currentKey = row.rowKey
                thread.currentPart = row.part
            }
        }
    }

    function controls() {
        const found = []
        const mine = []
        for (let number = 0; number < rows.count; ++number) {
            const row = rows.itemAt(number)
            if (row && row.shown && row.part === thread.currentPart)
                mine.push(row)
        }
        mine.sort((one, other) => one.y - other.y)
        for (const row of mine)
            gather(row, found)
        return found
    }

    function gather(item, found) {
        for (const child of item.children) {
            if (!child.visible || !child.enabled)
                continue
            if (child.activeFocusOnTab)
                found.push(child)
            gather(child, found)
        }
    }

    function holds(whole, item) {
        for (let part = item; part; part = part.parent)
            if (part === whole)
                return true
        return false
    }

    function rowOf(item) {
        for (let part = item; part; part = part.parent)
            if (part.rowKey !== undefined && part.thread === thread)
                return part
        return null
    }
}
