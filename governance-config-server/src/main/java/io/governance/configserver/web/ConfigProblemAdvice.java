// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.web;

import io.governance.configserver.directory.ConfigUnavailableException;
import io.governance.configserver.directory.FaultyConfigException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Tells a client why it is served nothing, as a problem body.
 */
@RestControllerAdvice
final class ConfigProblemAdvice {

	@ExceptionHandler
	ResponseEntity<ProblemDetail> faulty(FaultyConfigException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.INTERNAL_SERVER_ERROR, ex.getMessage());
		problem.setTitle("Faulty configuration");
		problem.setProperty("revision", ex.revision());
		problem.setProperty("faults", ex.faults());
		return ResponseEntity.of(problem).build();
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> unavailable(ConfigUnavailableException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, ex.getMessage());
		problem.setTitle("Configuration unavailable");
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).header(HttpHeaders.RETRY_AFTER, "1").body(problem);
	}

}
