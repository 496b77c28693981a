import QtQuick

/* Rows of a run in their order. While a run goes on its facts come anew many times: rows stay and only read again. */
Column {
    id: list

    required property Item timeline
    property var entries: []
    property bool ofModules: false

    function own(entry) {
        return entry.output || (entry.diffs || []).length > 0 ? [entry] : []
    }

    onEntriesChanged: {
        while (places.count < entries.length)
            places.append({"place": places.count})
        if (places.count > entries.length)
            places.remove(entries.length, places.count - entries.length)
    }
    ListModel { id: places }
    Repeater {
        model: places
        StepRow {
            id: row
            required property int index
            readonly property var entry: list.entries[index] || ({})
            objectName: list.ofModules ? "moduleRow" : "stageRow"
            width: list.width
            name: (list.ofModules ? entry.name : entry.title) || ""
            mono: list.ofModules
            // What a paused run was doing does not turn.
            standing: entry.status === "in_progress" && list.timeline.phase === "paused" ? "paused"
                : (list.ofModules && entry.state ? entry.state : entry.status) || "waiting"
            model: entry.model || ""
            instead: entry.instead || ""
            figures: list.ofModules ? list.timeline.figures(entry) : ""
            beat: works ? list.timeline.beat : 0
            drafts: list.ofModules ? list.timeline.parted.drafts[entry.name] || [] : list.own(entry)
        }
    }
}
