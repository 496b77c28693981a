import QtQuick
import QtQuick.Dialogs

/* The system's own dialogs for files and folders; made when they are first asked for. */
Item {
    id: dialogs

    property FileDialog files
    property FolderDialog folder

    readonly property string zips: qsTr("Zip files (*.zip)")

    visible: false

    function openFiles(filters) {
        if (!files)
            files = fileDialog.createObject(dialogs)
        files.nameFilters = filters.concat([qsTr("All files (*)")])
        files.open()
    }

    function openFolder() {
        if (!folder)
            folder = folderDialog.createObject(dialogs)
        folder.open()
    }

    Component {
        id: fileDialog
        FileDialog {
            objectName: "fileDialog"
            title: qsTr("Add files")
            fileMode: FileDialog.OpenFiles
            onAccepted: App.composer.take(selectedFiles, "")
        }
    }
    Component {
        id: folderDialog
        FolderDialog {
            objectName: "folderDialog"
            title: qsTr("Add a folder")
            onAccepted: App.composer.take([selectedFolder], "")
        }
    }
}
