// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.inventory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.governance.time.TimeSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InventoryTests {

	@TempDir
	private Path directory;

	private Path file;

	private Inventory first;

	private Inventory second;

	@BeforeEach
	void start() {
		this.file = this.directory.resolve("data/inventory.journal");
		this.first = instance();
		this.second = instance();
	}

	@Test
	void instancesShareTheStock() {
		assertThat(this.first.reserve(book("a", 3)).stock()).isEqualTo(97);
		assertThat(this.second.reserve(book("b", 2)).stock()).isEqualTo(95);
		assertThat(this.first.level("book")).contains(new Stock.Level("book", 95, 5));
	}

	@Test
	void anOrderCountsOnceWhicheverInstanceItComesTo() {
		this.first.reserve(book("a", 3));
		assertThat(this.second.reserve(book("a", 3)).stock()).isEqualTo(97);
		assertThat(this.first.totals()).isEqualTo(new Stock.Totals(1, 3, Map.of("book", 3L)));
	}

	@Test
	void anOrderCannotReserveSomethingElseLater() {
		this.first.reserve(book("a", 3));
		assertThatExceptionOfType(ResponseStatusException.class).isThrownBy(() -> this.second.reserve(book("a", 4)))
			.withMessageContaining("409");
		assertThat(this.first.totals().units()).isEqualTo(3);
	}

	@Test
	void theLastUnitIsReservedOnce() {
		this.first.reserve(book("a", 100));
		assertThatExceptionOfType(ResponseStatusException.class).isThrownBy(() -> this.second.reserve(book("b", 1)))
			.withMessageContaining("at most the 0 left");
	}

	@Test
	void reservationsOutliveTheInstanceThatMadeThem() {
		this.first.reserve(book("a", 3));
		assertThat(instance().totals().units()).isEqualTo(3);
	}

	@Test
	void theTornLineOfADeadWriterIsDropped() throws IOException {
		this.first.reserve(book("a", 3));
		Files.writeString(this.file, "b book 5", StandardOpenOption.APPEND);
		assertThat(this.second.reserve(book("b", 2)).stock()).isEqualTo(95);
		assertThat(this.first.reserve(book("c", 1)).stock()).isEqualTo(94);
		assertThat(Files.readAllLines(this.file)).containsExactly("a book 3", "b book 2", "c book 1");
	}

	@Test
	void aJournalThatShrinksIsRefused() throws IOException {
		this.first.reserve(book("a", 3));
		Files.writeString(this.file, "");
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> this.first.totals())
			.withMessageContaining("never to shrink");
	}

	@Test
	void aLineThatIsNoReservationIsNamed() throws IOException {
		this.first.reserve(book("a", 3));
		Files.writeString(this.file, "what is this line\n", StandardOpenOption.APPEND);
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> this.first.totals())
			.withMessageContaining("what is this line");
	}

	@Test
	void concurrentReservationsAtTwoInstancesAllCountOnce() {
		List<Inventory> instances = List.of(this.first, this.second);
		IntStream.range(0, 200).parallel().forEach((i) -> instances.get(i % 2).reserve(book("order-" + (i / 4), 1)));
		assertThat(this.first.totals()).isEqualTo(new Stock.Totals(50, 50, Map.of("book", 50L)));
		assertThat(this.second.totals()).isEqualTo(this.first.totals());
	}

	private Inventory instance() {
		return new Inventory(new Journal(this.file, TimeSource.system()), new Stock(Map.of("book", 100L)));
	}

	private static Reservation book(String orderId, int quantity) {
		return new Reservation(orderId, "book", quantity);
	}

}
