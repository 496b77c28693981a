import QtQuick
import "../../theme"

/* A part of a code: its words exist only near what is in sight. */
Item {
    id: chunk

    required property int index
    required property Item code
    readonly property int first: index * code.chunkRows
    readonly property int count: Math.max(0, Math.min(code.chunkRows, code.shownRows - first))
    readonly property alias words: loader.item

    /* Characters of this part before a row. */
    function before(row) {
        let sum = 0
        for (let number = first; number < row; ++number)
            sum += code.rows[number].length + 1
        return sum
    }

    /* The column of a place, in a row of the code. */
    function columnAt(x, row) {
        const length = code.rows[row].length
        if (!words)
            return Math.min(length, Math.max(0, Math.round(x / code.letter)))
        const place = words.positionAt(x, (row - first + 0.5) * Theme.codeLine) - before(row)
        return Math.max(0, Math.min(length, place))
    }

    function select() {
        if (!words)
            return
        const [from, to] = code.ordered
        const last = first + count - 1
        if (count === 0 || to.row < first || from.row > last || (from.row === to.row && from.column === to.column)) {
            words.deselect()
            return
        }
        const start = from.row < first ? 0 : before(from.row) + from.column
        const end = to.row > last ? words.length : before(to.row) + to.column
        words.select(Math.min(start, words.length), Math.min(end, words.length))
    }

    y: first * Theme.codeLine
    width: parent ? parent.width : 0
    height: count * Theme.codeLine

    Loader {
        id: loader
        active: chunk.count > 0 && chunk.index >= chunk.code.firstNear && chunk.index <= chunk.code.lastNear
        sourceComponent: TextEdit {
            y: -chunk.code.lift
            objectName: "codeWords"
            readOnly: true
            enabled: false
            textFormat: TextEdit.RichText
            wrapMode: TextEdit.NoWrap
            tabStopDistance: 4 * chunk.code.letter
            font: Theme.codeFont
            color: Theme.prose
            selectionColor: Theme.selection
            selectedTextColor: color
            persistentSelection: true
            Accessible.ignored: true
            text: chunk.code.markupOf(chunk.first, chunk.first + chunk.count)
            onTextChanged: chunk.select()
            Component.onCompleted: chunk.select()
        }
    }
    Connections {
        target: chunk.code
        function onOrderedChanged() { chunk.select() }
    }
}
