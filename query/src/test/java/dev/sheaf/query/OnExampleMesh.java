package dev.sheaf.query;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

/// Tests that ask one example mesh, which is there for all of a class.
abstract class OnExampleMesh {
    @TempDir static Path folder;
    static ExampleMesh mesh;
    static QueryService service;

    @BeforeAll
    static void open() throws IOException {
        mesh = new ExampleMesh(folder);
        service = mesh.service();
    }

    @AfterAll
    static void close() {
        service.close();
        mesh.close();
    }
}
