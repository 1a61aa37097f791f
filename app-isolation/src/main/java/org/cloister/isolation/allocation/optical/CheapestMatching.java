package org.cloister.isolation.allocation.optical;

import java.util.Arrays;

/**
 * The cheapest matching of rows with columns: as many rows as can be, and of these matchings the cheapest (Hungarian
 * method by shortest augmenting paths; rows² × columns). Working memory is kept from one call to the next.
 */
final class CheapestMatching {

    /** The cost of what must not be matched. */
    static final int NEVER = 1 << 22;

    private int[] rowPotential = new int[0];
    private int[] columnPotential = new int[0];
    private int[] rowOf = new int[0];
    private int[] before = new int[0];
    private int[] distance = new int[0];
    private boolean[] seen = new boolean[0];

    /**
     * Matches.
     *
     * @param cost by row and column
     * @param columns how many columns count, at least as many as rows
     * @param columnOf filled in: by row, its column; -1 without one
     * @return how many rows have a column
     */
    int match(int[][] cost, int rows, int columns, int[] columnOf) {
        reserve(rows, columns);
        for (int row = 1; row <= rows; row++) {
            augment(cost, row, columns);
        }
        int matched = 0;
        Arrays.fill(columnOf, 0, rows, -1);
        for (int column = 1; column <= columns; column++) {
            int row = rowOf[column] - 1;
            if (row >= 0 && cost[row][column - 1] < NEVER) {
                columnOf[row] = column - 1;
                matched++;
            }
        }
        return matched;
    }

    /** Finds the shortest way from a row to a column that is not taken, and moves the rows on it by one. */
    private void augment(int[][] cost, int row, int columns) {
        Arrays.fill(distance, 0, columns + 1, Integer.MAX_VALUE);
        Arrays.fill(seen, 0, columns + 1, false);
        rowOf[0] = row;
        int column = 0;
        do {
            seen[column] = true;
            int from = rowOf[column];
            int[] costs = cost[from - 1];
            int shortest = Integer.MAX_VALUE;
            int next = 0;
            for (int to = 1; to <= columns; to++) {
                if (!seen[to]) {
                    int reduced = costs[to - 1] - rowPotential[from] - columnPotential[to];
                    if (reduced < distance[to]) {
                        distance[to] = reduced;
                        before[to] = column;
                    }
                    if (distance[to] < shortest) {
                        shortest = distance[to];
                        next = to;
                    }
                }
            }
            for (int to = 0; to <= columns; to++) {
                if (seen[to]) {
                    rowPotential[rowOf[to]] += shortest;
                    columnPotential[to] -= shortest;
                } else if (distance[to] != Integer.MAX_VALUE) {
                    distance[to] -= shortest;
                }
            }
            column = next;
        } while (rowOf[column] != 0);
        while (column != 0) {
            rowOf[column] = rowOf[before[column]];
            column = before[column];
        }
    }

    private void reserve(int rows, int columns) {
        if (rowPotential.length <= rows) {
            rowPotential = new int[rows + 1];
        }
        if (columnPotential.length <= columns) {
            columnPotential = new int[columns + 1];
            rowOf = new int[columns + 1];
            before = new int[columns + 1];
            distance = new int[columns + 1];
            seen = new boolean[columns + 1];
        }
        Arrays.fill(rowPotential, 0, rows + 1, 0);
        Arrays.fill(columnPotential, 0, columns + 1, 0);
        Arrays.fill(rowOf, 0, columns + 1, 0);
    }
}
