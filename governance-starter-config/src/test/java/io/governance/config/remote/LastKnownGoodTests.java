// SPDX-License-Identifier: Apache-2.0

package io.governance.config.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.governance.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.origin.OriginTrackedValue;

import static org.assertj.core.api.Assertions.assertThat;

class LastKnownGoodTests {

	private static final RemoteConfig CONFIG = new RemoteConfig("r1",
			List.of(new RemoteDocument("orders.yml",
					Map.of("a", OriginTrackedValue.of(7, new RemoteOrigin("orders.yml", "3:4")), "b",
							OriginTrackedValue.of("text", new RemoteOrigin("orders.yml", null))))));

	@TempDir
	Path root;

	private long now = 1_000_000;

	@Test
	void readsWhatWasWrittenOriginsIncluded() {
		file("orders/default").write(CONFIG);
		LastKnownGood.Saved saved = file("orders/default").read();
		assertThat(saved.config()).isEqualTo(CONFIG);
		assertThat(saved.savedAt()).isEqualTo(1_000_000);
		assertThat(saved.config().documents().get(0).values().get("a").getOrigin())
			.hasToString("config server orders.yml:3:4");
	}

	@Test
	void onlyTheOwnerMayReadIt() throws IOException {
		LastKnownGood file = file("orders/default");
		file.write(CONFIG);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.file()))).isEqualTo("rw-------");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.file().getParent())))
			.isEqualTo("rwx------");
		file.write(RemoteConfig.NONE);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.file()))).isEqualTo("rw-------");
		try (Stream<Path> files = Files.list(file.file().getParent())) {
			assertThat(files).hasSize(1);
		}
	}

	@Test
	void everyTargetHasItsOwnFile() {
		file("orders/default").write(CONFIG);
		assertThat(file("orders/dev").read()).isNull();
		assertThat(file("../../etc").file().getParent()).isEqualTo(this.root.resolve("cache"));
	}

	@Test
	void aFileThatIsTooOldIsNotUsed() {
		file("orders/default").write(CONFIG);
		this.now += Duration.ofDays(7).toMillis();
		assertThat(file("orders/default").read()).isNotNull();
		this.now++;
		assertThat(file("orders/default").read()).isNull();
	}

	@Test
	void aSetThatIsConfirmedAgesFromTheConfirmationAndIsWrittenOnceAnHour() {
		LastKnownGood file = file("orders/default");
		file.write(CONFIG);
		this.now += Duration.ofMinutes(59).toMillis();
		file.confirm(CONFIG);
		assertThat(file.read().savedAt()).isEqualTo(1_000_000);
		this.now += Duration.ofMinutes(1).toMillis();
		file.confirm(CONFIG);
		assertThat(file.read()).isEqualTo(new LastKnownGood.Saved(CONFIG, this.now));
		this.now += Duration.ofDays(7).toMillis();
		assertThat(file("orders/default").read()).isNotNull();
	}

	@Test
	void aDamagedFileIsNotUsed() throws IOException {
		LastKnownGood file = file("orders/default");
		file.write(CONFIG);
		String text = Files.readString(file.file());
		for (String damaged : List.of("", "{", "[]", text.substring(0, text.length() / 2),
				text.replace("\"format\":1", "\"format\":2"))) {
			Files.writeString(file.file(), damaged);
			assertThat(file.read()).isNull();
		}
	}

	@Test
	void aPlaceThatCannotBeWrittenIsNoFailure() throws IOException {
		Path blocked = Files.writeString(this.root.resolve("blocked"), "a file");
		LastKnownGood file = LastKnownGood.of(blocked.resolve("below"), "orders", "x", Duration.ofDays(1),
				TimeSource.system());
		file.write(CONFIG);
		assertThat(file.read()).isNull();
	}

	@Test
	void noneKeepsNothing() {
		LastKnownGood.NONE.write(CONFIG);
		assertThat(LastKnownGood.NONE.read()).isNull();
	}

	private LastKnownGood file(String target) {
		return LastKnownGood.of(this.root.resolve("cache"), target, "http://localhost", Duration.ofDays(7),
				new FixedTime());
	}

	private final class FixedTime implements TimeSource {

		@Override
		public long nanoTime() {
			return LastKnownGoodTests.this.now * 1_000_000;
		}

		@Override
		public long epochMillis() {
			return LastKnownGoodTests.this.now;
		}

	}

}
