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
    property Item last: null
    readonly property Item focused: page.Window.activeFocusItem
    readonly property bool typing: focused !== null && focused.cursorPosition !== undefined && focused.readOnly !== true

    function press(event) {
        const view = thread.view
        event.accepted = true
        if (event.key === Qt.Key_Escape && focused !== page)
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
            thread.conversation.copyTurn(parseInt(thread.currentPart), thread.currentPart.endsWith("/user") ? "user" : "")
        else
            event.accepted = false
    }

    function enter() {
        const stops = controls()
        if (stops.length === 0)
            return
        thread.inside = true
        stops[0].forceActiveFocus(Qt.TabFocusReason)
    }

    /* To the first control of a row that is in sight: of a card, to the card as a whole. */
    function goTo(key) {
        for (let number = 0; number < rows.count; ++number) {
            const row = rows.itemAt(number)
            if (!row || !row.shown || row.rowKey !== key)
                continue
            settle(row)
            const stops = []
            gather(row, stops)
            const first = stops[0] || page
            first.forceActiveFocus(Qt.ShortcutFocusReason)
            return
        }
    }

    function leave() {
        thread.inside = false
        page.forceActiveFocus(Qt.OtherFocusReason)
    }

    /* From the thread as a whole Tab goes on to what is after it. */
    function tab(event, forward) {
        event.accepted = true
        let next = page
        for (let turns = 0; turns < 2000; ++turns) {
            next = next.nextItemInFocusChain(forward)
            if (!next || !holds(page, next))
                break
        }
        if (next)
            next.forceActiveFocus(forward ? Qt.TabFocusReason : Qt.BacktabFocusReason)
    }

    /* What got the focus. Tab from elsewhere lands on the thread as a whole, and inside a part it goes round there. */
    function follow(item) {
        const reason = item ? item.focusReason : undefined
        const tabbed = reason === Qt.TabFocusReason || reason === Qt.BacktabFocusReason
        const within = item !== null && item !== page && holds(page, item)
        if (thread.inside && tabbed && last !== null && item !== page) {
            const stops = controls()
            const at = stops.indexOf(last)
            const next = stops[(at + (reason === Qt.TabFocusReason ? 1 : -1) + stops.length) % stops.length]
            if (at >= 0 && next !== item) {
                next.forceActiveFocus(reason)
                return
            }
        } else if (within && !thread.inside) {
            if (tabbed) {
                page.forceActiveFocus(reason)
                return
            }
            settle(rowOf(item))
        }
        if (!within && item !== page)
            thread.inside = false
        last = within ? item : null
    }

    function settle(row) {
        thread.inside = true
        if (row) {
            thread.currentKey = row.rowKey
            thread.currentPart = row.part
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
